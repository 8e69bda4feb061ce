package credit.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Cells of a sheet that are merged over several rows. Only the first of them holds the value, and
 * the sheet says so behind its last row, too late for who reads row by row.
 */
final class MergedCells {
  private static final Pattern RELATION = Pattern.compile("<[^>]*Relationship\\s[^>]*>");
  private static final Pattern MERGED =
      Pattern.compile("mergeCell\\s[^>]*?ref=[\"']([A-Z]+(\\d{1,7}):[A-Z]+(\\d{1,7}))[\"']");
  private static final int BLOCK = 1 << 16;

  /** Longer than what says of one merge where it is. */
  private static final int OVERLAP = 128;

  private MergedCells() {}

  /**
   * The first cells below a header that rows share, such as {@code B5:B8}; null where there are
   * none.
   *
   * @param relation by which the workbook names the sheet's part
   * @param header number of the header's last row
   */
  static String below(Path workbook, String relation, int header) throws IOException {
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      ZipEntry sheet = part(zip, relation);
      if (sheet == null) {
        return null;
      }
      try (InputStream in = zip.getInputStream(sheet)) {
        return find(in, header);
      }
    }
  }

  private static ZipEntry part(ZipFile zip, String relation) throws IOException {
    ZipEntry relations = zip.getEntry("xl/_rels/workbook.xml.rels");
    if (relations == null) {
      return null;
    }
    try (InputStream in = zip.getInputStream(relations)) {
      String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Matcher tag = RELATION.matcher(xml); tag.find(); ) {
        if (attribute(tag.group(), "Id").equals(relation)) {
          String target = attribute(tag.group(), "Target");
          return zip.getEntry(target.startsWith("/") ? target.substring(1) : "xl/" + target);
        }
      }
    }
    return null;
  }

  private static String attribute(String tag, String name) {
    Matcher found = Pattern.compile("\\s" + name + "=[\"']([^\"']*)[\"']").matcher(tag);
    return found.find() ? found.group(1) : "";
  }

  private static String find(InputStream in, int header) throws IOException {
    byte[] block = new byte[BLOCK];
    String before = "";
    for (int read = in.readNBytes(block, 0, BLOCK);
        read > 0;
        read = in.readNBytes(block, 0, BLOCK)) {
      String xml = before + new String(block, 0, read, StandardCharsets.ISO_8859_1);
      for (Matcher merged = MERGED.matcher(xml); xml.contains("mergeCell") && merged.find(); ) {
        int first = Integer.parseInt(merged.group(2));
        if (first > header && Integer.parseInt(merged.group(3)) > first) {
          return merged.group(1);
        }
      }
      before = xml.substring(Math.max(0, xml.length() - OVERLAP));
    }
    return null;
  }
}

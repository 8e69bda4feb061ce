package credit.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A workbook before it is read. It is a zip, and the reader above trusts it: so every part is
 * unpacked once, to see that no byte changed on the way and that it does not blow up.
 */
final class WorkbookFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

  private static final long LARGEST = 4L << 30;

  /** Sheets shrink to a tenth, styled empty cells to a fiftieth; a bomb to a thousandth. */
  private static final long RATIO = 100;

  /** Below this size a part may shrink as far as it likes. */
  private static final long SMALL = 32L << 20;

  /** Excel's cells hold 32,767 characters: between two tags stands less than this. */
  private static final int LONGEST_TEXT = 1 << 20;

  private long unpacked;

  private WorkbookFile() {}

  /**
   * Refuses what is no workbook, or none that can be read safely.
   *
   * @return the names of its parts, in lower case
   */
  static Set<String> check(Path file) throws IOException, BadFile {
    byte[] start = start(file);
    if (start.length == 0) {
      throw new BadFile("the file is empty; deliver at least the header");
    }
    if (Arrays.equals(start, OLE)) {
      throw new BadFile(
          "the workbook has a password or is of the old kind (.xls);"
              + " save it without a password as .xlsx");
    }
    if (!Arrays.equals(start, ZIP)) {
      throw new BadFile("the file is no workbook, though its name says so; save it as .xlsx");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new WorkbookFile().check(zip);
    } catch (ZipException | IllegalArgumentException e) {
      throw damaged(e.getMessage());
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ZIP.length);
    }
  }

  private static BadFile damaged(String what) {
    return new BadFile("the workbook is cut or damaged (" + what + "); deliver it again");
  }

  private Set<String> check(ZipFile zip) throws IOException, BadFile {
    Set<String> names = new HashSet<>();
    List<? extends ZipEntry> parts = Collections.list(zip.entries());
    for (ZipEntry part : parts) {
      String name = part.getName().toLowerCase(Locale.ROOT);
      if (!names.add(name)) {
        throw damaged("it holds '" + part.getName() + "' twice");
      }
      try (InputStream in = zip.getInputStream(part)) {
        check(part, name.endsWith(".xml"), in);
      }
      if (name.endsWith("sharedstrings.xml")) {
        requireMemory(part.getSize());
      }
    }
    return names;
  }

  private void check(ZipEntry part, boolean xml, InputStream in) throws IOException, BadFile {
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 16];
    long size = 0;
    int sinceTag = 0;
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      crc.update(block, 0, read);
      size += read;
      unpacked += read;
      boolean swells = size > SMALL && size > RATIO * part.getCompressedSize();
      for (int i = 0; xml && i < read && sinceTag <= LONGEST_TEXT; i++) {
        sinceTag = block[i] == '<' ? 0 : sinceTag + 1;
      }
      if (swells || unpacked > LARGEST || sinceTag > LONGEST_TEXT) {
        throw new BadFile(
            "the workbook unpacks to far more than a workbook can hold; copy its rows into a new"
                + " one, or deliver .csv");
      }
    }
    if (crc.getValue() != part.getCrc()) {
      throw damaged("'" + part.getName() + "' differs from its check sum");
    }
  }

  /** Texts that cells share are held in memory, at up to three times their size in the file. */
  private static void requireMemory(long texts) throws BadFile {
    long most = Runtime.getRuntime().maxMemory() / 4;
    if (texts > most) {
      throw new BadFile(
          ("the workbook's texts take %d MiB, and there is memory for %d; deliver .csv,"
                  + " or give more memory with CREDIT_JAVA_OPTS")
              .formatted(texts >> 20, most >> 20));
    }
  }
}

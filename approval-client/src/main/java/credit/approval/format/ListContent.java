package credit.approval.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical bytes of one list version's content files, without its delta and manifest.
 *
 * @param files one entry for each content file; treated as immutable
 */
public record ListContent(Map<ListFile, FileBytes> files) {
  public ListContent {
    files = new EnumMap<>(files);
    for (ListFile file : ListFile.values()) {
      if (file.isContent() != files.containsKey(file)) {
        throw new IllegalArgumentException("a list version has exactly its six content files");
      }
    }
  }

  /** A list version without any row, from which the first version's delta starts. */
  public static ListContent empty() {
    return of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  public static ListContent of(
      Collection<Restriction> restrictions,
      Collection<BlacklistEntry> blacklist,
      Collection<Incentive> incentives,
      Collection<Subject> subjects,
      Collection<Coverage> coverage,
      Collection<ItemRule> items) {
    Map<ListFile, FileBytes> files = new EnumMap<>(ListFile.class);
    put(files, ListFile.RESTRICTIONS, restrictions);
    put(files, ListFile.BLACKLIST, blacklist);
    put(files, ListFile.INCENTIVES, incentives);
    put(files, ListFile.SUBJECTS, subjects);
    put(files, ListFile.COVERAGE, coverage);
    put(files, ListFile.ITEMS, items);
    return new ListContent(files);
  }

  private static void put(
      Map<ListFile, FileBytes> files, ListFile file, Collection<? extends ListRow> rows) {
    files.put(file, FileBytes.of(PublishedFiles.encode(file, rows)));
  }

  /** One content file. */
  public FileBytes file(ListFile file) {
    return files.get(file);
  }

  /** The canonical bytes of one content file that fits in an array. */
  public byte[] bytes(ListFile file) {
    return files.get(file).array();
  }

  /** The delta from the version before; {@link #empty()} where this is the first. */
  public byte[] deltaFrom(ListContent before) {
    return Delta.between(before.files, files);
  }

  /**
   * The content after a delta.
   *
   * @throws ListException if the delta does not fit this content
   */
  public ListContent plus(FileBytes delta) {
    return new ListContent(Delta.apply(files, delta));
  }

  /** SHA-256 over the content's hashes in the files' order: equal where nothing changed. */
  public String sha256() {
    StringBuilder hashes = new StringBuilder();
    files.forEach((file, bytes) -> hashes.append(bytes.sha256()).append('\n'));
    return Sha256.hex(hashes.toString());
  }

  /** What the manifest says of the content files and of the delta beside them. */
  public List<Manifest.FileEntry> entries(byte[] delta) {
    List<Manifest.FileEntry> entries = new ArrayList<>();
    files.forEach((file, bytes) -> entries.add(Manifest.FileEntry.of(file, bytes)));
    entries.add(Manifest.FileEntry.of(ListFile.DELTA, FileBytes.of(delta)));
    return List.copyOf(entries);
  }
}

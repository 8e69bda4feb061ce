package credit.approval.format;

import java.util.EnumMap;
import java.util.Map;

/** Lists as if they passed the length of an array: each file in segments of 64 KiB. */
public final class SmallSegments {
  private static final int BITS = 16;

  private SmallSegments() {}

  /** The same bytes in small segments. */
  public static FileBytes of(byte[] bytes) {
    return FileBytes.of(bytes, BITS);
  }

  /** The same content in small segments. */
  public static ListContent of(ListContent content) {
    Map<ListFile, FileBytes> files = new EnumMap<>(ListFile.class);
    content.files().forEach((file, bytes) -> files.put(file, of(bytes.array())));
    return new ListContent(files);
  }
}

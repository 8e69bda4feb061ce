package credit.approval.format;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of one file in memory, immutable. A file may pass the length of a Java array, so it
 * lies in segments; each is followed by the first bytes of the next, so that a row that begins in a
 * segment lies whole in one array.
 */
public final class FileBytes {
  private static final int SEGMENT_BITS = 30;
  private static final int OVERLAP = CsvCursor.MAX_ROW_BYTES;

  private final byte[][] segments;
  private final long length;
  private final int bits;

  private FileBytes(byte[][] segments, long length, int bits) {
    this.segments = segments;
    this.length = length;
    this.bits = bits;
  }

  /** Bytes that are at hand; the array must not be changed from now on. */
  public static FileBytes of(byte[] bytes) {
    return of(bytes, SEGMENT_BITS);
  }

  /** In segments of {@code 2^bits}, which a test makes small. */
  static FileBytes of(byte[] bytes, int bits) {
    if (bytes.length <= 1 << bits) {
      return new FileBytes(new byte[][] {bytes}, bytes.length, bits);
    }
    Builder builder = new Builder(bytes.length, bits);
    builder.append(ByteBuffer.wrap(bytes));
    return builder.build();
  }

  /** Number of bytes. */
  public long length() {
    return length;
  }

  /** SHA-256 in lower-case hexadecimal. */
  public String sha256() {
    MessageDigest digest = Sha256.newDigest();
    for (int s = 0; s < segments.length; s++) {
      long left = length - ((long) s << bits);
      digest.update(segments[s], 0, (int) Math.min(left, 1L << bits));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * All bytes in one array, which must not be changed.
   *
   * @throws ListException with {@code too_large} if no array holds them
   */
  public byte[] array() {
    if (length > Integer.MAX_VALUE - 8) {
      throw new ListException(
          "too_large", "a file of " + length + " bytes does not fit in one piece; read it by rows");
    }
    if (segments.length == 1) {
      return segments[0].length == length ? segments[0] : Arrays.copyOf(segments[0], (int) length);
    }
    byte[] all = new byte[(int) length];
    for (int s = 0; s < segments.length; s++) {
      int from = s << bits;
      System.arraycopy(segments[s], 0, all, from, Math.min(all.length - from, 1 << bits));
    }
    return all;
  }

  /** The array in which a row that begins at the position lies whole. */
  public byte[] segmentAt(long position) {
    return segments[(int) (position >>> bits)];
  }

  /** Where the position lies in {@link #segmentAt}. */
  public int offsetAt(long position) {
    return (int) (position & ((1L << bits) - 1));
  }

  /** Where the file's bytes end in {@link #segmentAt}. */
  int endAt(long position) {
    long left = length - ((position >>> bits) << bits);
    return (int) Math.min(left, (1L << bits) + OVERLAP);
  }

  /** Whether a row that ends there is followed by one in the next segment. */
  boolean isBeyondSegment(int offset) {
    return offset >= 1 << bits;
  }

  /** Collects the bytes of a file as they come. */
  public static final class Builder {
    private final long capacity;
    private final int bits;
    private final List<byte[]> segments = new ArrayList<>();
    private long length;

    /** For at most so many bytes; memory is taken segment by segment, as they come. */
    public Builder(long capacity) {
      this(capacity, SEGMENT_BITS);
    }

    private Builder(long capacity, int bits) {
      this.capacity = capacity;
      this.bits = bits;
    }

    /** Bytes until now. */
    public long length() {
      return length;
    }

    /**
     * Takes what remains in the buffer.
     *
     * @throws IllegalArgumentException if that is more than was announced
     */
    public void append(ByteBuffer bytes) {
      if (bytes.remaining() > capacity - length) {
        throw new IllegalArgumentException("more than the " + capacity + " bytes announced");
      }
      while (bytes.hasRemaining()) {
        int offset = (int) (length & ((1L << bits) - 1));
        if (offset == 0) {
          segments.add(new byte[(int) Math.min(capacity - length, (1L << bits) + OVERLAP)]);
        }
        byte[] segment = segments.get(segments.size() - 1);
        int count = Math.min(bytes.remaining(), (1 << bits) - offset);
        bytes.get(segment, offset, count);
        if (segments.size() > 1 && offset < OVERLAP) {
          byte[] before = segments.get(segments.size() - 2);
          System.arraycopy(
              segment, offset, before, (1 << bits) + offset, Math.min(count, OVERLAP - offset));
        }
        length += count;
      }
    }

    /** The bytes until now; the builder must not be used any more. */
    public FileBytes build() {
      byte[][] all = segments.isEmpty() ? new byte[][] {{}} : segments.toArray(byte[][]::new);
      return new FileBytes(all, length, bits);
    }
  }
}

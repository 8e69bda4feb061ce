package credit.approval;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * By what a firm's rows are found: {@code scheme,code,} as it stands in every file, where the two
 * columns are neighbours and never quoted.
 */
final class FirmKey {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final byte[] run;
  private final long hash;

  private FirmKey(byte[] run) {
    this.run = run;
    this.hash = hash(run, 0, run.length);
  }

  /** A code that passes its scheme's check, and so is ASCII without comma and quote. */
  static FirmKey of(String scheme, String code) {
    byte[] run = new byte[scheme.length() + code.length() + 2];
    put(run, 0, scheme);
    put(run, scheme.length() + 1, code);
    return new FirmKey(run);
  }

  /** The key that stands at that place of a file. */
  static FirmKey of(byte[] data, int from, int to) {
    return new FirmKey(Arrays.copyOfRange(data, from, to));
  }

  private static void put(byte[] run, int at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      run[at + i] = (byte) ascii.charAt(i);
    }
    run[at + ascii.length()] = ',';
  }

  /** Its high bits choose a place in a table, the low ones tell keys apart. */
  long hash() {
    return hash;
  }

  /** Bytes of the key in a file, with both commas. */
  int length() {
    return run.length;
  }

  /** Whether the key stands at that place. */
  boolean isAt(byte[] data, int at) {
    int end = at + run.length;
    return end <= data.length && Arrays.equals(data, at, end, run, 0, run.length);
  }

  private static long hash(byte[] data, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mixed(hash ^ (long) EIGHT_BYTES.get(data, at));
    }
    for (; at < to; at++) {
      hash = mixed(hash ^ data[at]);
    }
    return hash;
  }

  private static long mixed(long value) {
    long product = value * ODD;
    return product ^ (product >>> 32);
  }
}

package credit.sample;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/**
 * Gzip with stored blocks: any reader takes it, and its bytes do not depend on the version of zlib
 * that a Java runtime happens to carry.
 */
final class Gzip {
  private static final int BLOCK = 0xffff;

  private Gzip() {}

  static byte[] store(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 64);
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    int at = 0;
    do {
      int length = Math.min(BLOCK, plain.length - at);
      out.write(at + length == plain.length ? 1 : 0);
      little(out, length, 2);
      little(out, ~length, 2);
      out.write(plain, at, length);
      at += length;
    } while (at < plain.length);
    CRC32 crc = new CRC32();
    crc.update(plain);
    little(out, crc.getValue(), 4);
    little(out, plain.length, 4);
    return out.toByteArray();
  }

  private static void little(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)) & 0xff);
    }
  }
}

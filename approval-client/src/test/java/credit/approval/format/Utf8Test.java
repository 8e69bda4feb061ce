package credit.approval.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final int[] EDGES = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0};

  /** Every first byte, before bytes at the edges of what may follow one and at the end. */
  @Test
  void isWellFormedWhereTheJdkReadsIt() {
    for (int first = 0; first < 256; first++) {
      for (int second : EDGES) {
        requireAsTheJdk(first, second);
        for (int third : EDGES) {
          requireAsTheJdk(first, second, third);
          for (int fourth : EDGES) {
            requireAsTheJdk(first, second, third, fourth);
          }
        }
      }
    }
  }

  private static void requireAsTheJdk(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    boolean taken = isTaken(bytes);
    if (taken != isReadByTheJdk(bytes)) {
      assertThat(taken).as("%s", (Object) bytes).isEqualTo(!taken);
    }
  }

  private static boolean isTaken(byte[] bytes) {
    try {
      Utf8.require(bytes, 0, bytes.length, what -> new ListException("not_canonical", what));
      return true;
    } catch (ListException e) {
      return false;
    }
  }

  private static boolean isReadByTheJdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

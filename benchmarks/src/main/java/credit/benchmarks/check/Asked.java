package credit.benchmarks.check;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Codes as they come in with applications: in no order, and each as a string of its own. */
@State(Scope.Benchmark)
public class Asked {
  private static final int CODES = 1 << 22;
  private static final int LENGTH = 18;

  /** Entries on the list. */
  @Param("20000")
  public long entries;

  /** Which firms are asked for: {@code listed}, {@code clear}, or {@code both} alike. */
  @Param("both")
  public String firms;

  private byte[] codes;
  private int next;

  @Setup
  public void draw() {
    Random random = new Random(entries);
    codes = new byte[CODES * LENGTH];
    for (int i = 0; i < CODES; i++) {
      long firm = random.nextLong(entries) * 2;
      boolean listed = firms.equals("listed") || (firms.equals("both") && random.nextBoolean());
      String code = InventedList.code(listed ? firm + 1 : firm);
      System.arraycopy(code.getBytes(StandardCharsets.US_ASCII), 0, codes, i * LENGTH, LENGTH);
    }
  }

  /** The next code, freshly built. */
  String code() {
    int at = next;
    next = at + LENGTH == codes.length ? 0 : at + LENGTH;
    return new String(codes, at, LENGTH, StandardCharsets.ISO_8859_1);
  }
}

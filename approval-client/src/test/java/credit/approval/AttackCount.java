package credit.approval;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Counts the attacks that were tried and not answered CLEAR: for each class, and for the run. */
public final class AttackCount implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger CASES = new AtomicInteger();

  private int before;

  /** One more attack came to nothing. */
  public static void one() {
    CASES.incrementAndGet();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    before = CASES.get();
    context
        .getRoot()
        .getStore(Namespace.create(AttackCount.class))
        .getOrComputeIfAbsent(Total.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.printf("%s: %,d attack cases%n", context.getDisplayName(), CASES.get() - before);
  }

  /** Closed once, when the last class of the run is through. */
  static final class Total implements AutoCloseable {
    @Override
    public void close() {
      System.out.printf("attack cases, none answered CLEAR: %,d%n", CASES.get());
    }
  }
}

package credit.sample;

/** Told how far the generator is. */
@FunctionalInterface
public interface Progress {
  /**
   * Says how far it is.
   *
   * @param step what is being done: {@code firms} or {@code files}
   * @param done how many are done
   * @param total how many there are
   */
  void report(String step, long done, long total);
}

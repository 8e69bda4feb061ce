package credit.approval;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * Rows of an answer as a list that cannot be changed. Each is read from its line when it is looked
 * at, so that an answer costs no more than what is asked of it. The lines are copies: a kept answer
 * keeps no list version in memory.
 */
final class Lines<T> extends AbstractList<T> implements RandomAccess {
  private final List<byte[]> lines;
  private final Function<byte[], T> read;

  Lines(List<byte[]> lines, Function<byte[], T> read) {
    this.lines = List.copyOf(lines);
    this.read = read;
  }

  /** The list itself where it cannot be changed, else a copy. */
  static <T> List<T> unchangeable(List<T> list) {
    return list instanceof Lines ? list : List.copyOf(list);
  }

  @Override
  public T get(int index) {
    return read.apply(lines.get(index));
  }

  @Override
  public int size() {
    return lines.size();
  }
}

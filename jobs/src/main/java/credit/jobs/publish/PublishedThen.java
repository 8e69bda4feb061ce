package credit.jobs.publish;

import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Whether lists that were computed again are, byte for byte, those that were published then. */
public final class PublishedThen {
  private PublishedThen() {}

  /**
   * The version of then, beside the one computed again.
   *
   * @param version number of the version of then
   * @param same files that are equal
   * @param different files that are not
   */
  public record Comparison(long version, List<String> same, List<String> different) {}

  /**
   * Compares the newest version in a folder of lists with those that another folder holds for the
   * same day and the same knowledge: there are several where an act was taken off urgently, by what
   * became known later. The newest that is equal speaks; without one, the newest.
   *
   * @param again lists computed again
   * @param then lists as they were published; not there where none ever were
   * @return empty where nothing was published for that day and knowledge
   */
  public static Optional<Comparison> of(Path again, Path then) {
    if (Files.notExists(then)) {
      return Optional.empty();
    }
    VersionStore store = new VersionStore(then);
    return newest(new VersionStore(again)).flatMap(replayed -> closest(replayed, store));
  }

  private static Optional<Comparison> closest(Held replayed, VersionStore store) {
    List<Manifest> candidates =
        manifests(store)
            .filter(m -> m.asOf().equals(replayed.manifest.asOf()))
            .filter(m -> m.knownAt().equals(replayed.manifest.knownAt()))
            .toList();
    Function<Manifest, Comparison> compared = m -> compare(replayed.content, m, store.content(m));
    return candidates.stream()
        .map(compared)
        .filter(c -> c.different().isEmpty())
        .findFirst()
        .or(() -> candidates.stream().findFirst().map(compared));
  }

  private record Held(Manifest manifest, ListContent content) {}

  private static Optional<Held> newest(VersionStore store) {
    return manifests(store).findFirst().map(m -> new Held(m, store.content(m)));
  }

  /** Newest first. */
  private static Stream<Manifest> manifests(VersionStore store) {
    return LongStream.iterate(store.highest(), n -> n > 0, n -> n - 1)
        .mapToObj(store::manifest)
        .flatMap(Optional::stream)
        .map(bytes -> Manifest.decode(Jws.vouchedFor(bytes, JwsType.MANIFEST).payload()));
  }

  private static Comparison compare(ListContent again, Manifest then, ListContent published) {
    List<String> same = new ArrayList<>();
    List<String> different = new ArrayList<>();
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        boolean equal = Arrays.equals(again.bytes(file), published.bytes(file));
        (equal ? same : different).add(file.fileName());
      }
    }
    return new Comparison(then.version(), List.copyOf(same), List.copyOf(different));
  }
}

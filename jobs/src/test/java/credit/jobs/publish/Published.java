package credit.jobs.publish;

import credit.approval.Answer;
import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Query;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.KeySet;
import credit.approval.format.ListContent;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.Timestamp;
import credit.jobs.publish.Publication.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A publishing house in a folder, with real keys, that can be killed. */
final class Published {
  /** The process is gone; nothing catches it. */
  static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  final Path lists;
  final Keys keys;
  final MovingClock clock = new MovingClock("2026-06-30T10:00:00Z");
  final List<Publication> ledger = new ArrayList<>();

  Published(Path folder) {
    this.lists = folder.resolve("published/lists");
    this.keys = Keys.at(folder.resolve("keys"), Map.of(), clock);
    keys.initIfMissing(lists);
  }

  Publisher publisher() {
    return publisher(row -> false, row -> false, false);
  }

  /**
   * A publisher that dies.
   *
   * @param before dies before this row is written
   * @param after dies once this row is written
   * @param atTimestamp dies before a timestamp is signed
   */
  Publisher publisher(
      Predicate<Publication> before, Predicate<Publication> after, boolean atTimestamp) {
    PublicationLedger dying =
        new PublicationLedger() {
          @Override
          public List<Publication> rows() {
            return List.copyOf(ledger);
          }

          @Override
          public void append(Publication row) {
            if (before.test(row)) {
              throw new Kill();
            }
            ledger.add(row);
            if (after.test(row)) {
              throw new Kill();
            }
          }
        };
    Signer signer = keys.signer(lists);
    return new Publisher(
        new VersionStore(lists),
        dying,
        atTimestamp ? new DyingSigner(signer) : signer,
        Duration.ofHours(36),
        clock,
        "run");
  }

  Publisher.Result publish(ListContent content) {
    return publish(content, Samples.DAY);
  }

  Publisher.Result publish(ListContent content, LocalDate asOf) {
    return publisher().publish(Samples.statement(asOf), content, null);
  }

  ListClient client() {
    return ListClient.open(options());
  }

  ClientOptions options() {
    try {
      return ClientOptions.of(
              lists, Ed25519Keys.decode(Files.readString(keys.rootPublicKey()).strip()))
          .withClock(clock, () -> 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer check(int number) {
    return client()
        .check(Query.of(Samples.code(number), Mode.NOTIFY_AND_COMMIT).withAt(Samples.DAY));
  }

  List<State> states() {
    return ledger.stream().map(Publication::state).toList();
  }

  private record DyingSigner(Signer signer) implements Signer {
    @Override
    public KeySet keys() {
      return signer.keys();
    }

    @Override
    public String keysFile() {
      return signer.keysFile();
    }

    @Override
    public String sign(Manifest manifest) {
      return signer.sign(manifest);
    }

    @Override
    public String sign(Timestamp timestamp) {
      throw new Kill();
    }
  }
}

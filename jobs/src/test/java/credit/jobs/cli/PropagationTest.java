package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Outcome;
import credit.approval.Query;
import credit.approval.RefreshResult;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Layout;
import credit.approval.format.PublishedFiles;
import credit.approval.format.Restriction;
import credit.jobs.publish.Keys;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a delivery to the answer at the counter, over the committed city. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class PropagationTest {
  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-07-01T00:30:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneId.of("Asia/Shanghai"));

  private Warehouse warehouse() {
    return Warehouse.at(folder.resolve("warehouse"));
  }

  private Path deliveries() {
    return folder.resolve("deliveries");
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  private void run(SparkSession spark, String id) {
    Run.Settings settings = new Run.Settings(deliveries(), keys(), true, "zh");
    new Pipeline(spark, warehouse(), Schemas.bundled(), settings, clock, Progress.silent())
        .run(id, Stages.all(), null, null);
  }

  /** What the authority's own sheet says once it has decided that the listing was wrong. */
  private void deliverAnnulment(Restriction bar) throws IOException {
    Path file = deliveries().resolve("objections/2026-07-01/objections.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "异议编号,企业名称,统一社会信用代码,异议对象类型,原决定文书号,原决定机关,异议理由,提出日期,处理日期,处理结果,处理机关\n"
            + "异议〔2026〕901号,%s,%s,严重违法失信,%s,%s,认定有误,2026-06-20,2026-06-30,异议成立,%s\n"
                .formatted(
                    bar.name(), bar.code(), bar.actNo(), bar.actAuthority(), bar.actAuthority()));
  }

  private ListClient open() throws IOException {
    String root = Files.readString(keys().resolve(Layout.ROOT_PUBLIC_KEY)).strip();
    return ListClient.open(
        ClientOptions.of(warehouse().lists(), Ed25519Keys.decode(root))
            .withMark(folder.resolve("mark.json"))
            .withClock(clock, () -> 0));
  }

  private Restriction listedForASeriousViolation() throws IOException {
    Path first = Layout.version(warehouse().lists(), 1);
    return PublishedFiles.restrictions(Files.readAllBytes(first.resolve("restrictions.csv")))
        .stream()
        .filter(r -> r.cause().equals("serious_violation") && r.item().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAnnulmentThatIsDeliveredChangesTheAnswerAfterOneRunAndOneRefresh(SparkSession spark)
      throws IOException {
    FileUtils.copyDirectory(
        Path.of("../sample-data/tiny/deliveries").toFile(), deliveries().toFile());
    Keys.at(keys(), Map.of(), clock).initIfMissing(warehouse().lists());
    run(spark, "first");
    Restriction bar = listedForASeriousViolation();
    ListClient client = open();
    Query query = Query.of(bar.code(), bar.mode()).withAt(client.list().orElseThrow().asOf());
    assertThat(client.check(query).outcome()).isEqualTo(Outcome.RESTRICTED);

    deliverAnnulment(bar);
    now.set(Instant.parse("2026-07-01T10:30:00Z"));
    long start = System.nanoTime();
    run(spark, "second");
    long published = System.nanoTime();
    assertThat(client.check(query).outcome()).isEqualTo(Outcome.RESTRICTED);
    long before = System.nanoTime();
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    long refreshed = System.nanoTime();

    assertThat(client.check(query).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(client.list().orElseThrow().version()).isEqualTo(2);
    System.out.printf(
        "an annulment reaches the counter: run %.1f s, refresh %.1f ms%n",
        (published - start) / 1e9, (refreshed - before) / 1e6);
  }
}

package credit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");
  private static ModelFile first;
  private static ModelFile second;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    first = Synthetic.file(21);
    second = Synthetic.file(22);
  }

  @Test
  void theSameTrainingGivesTheSameIdAndTheSameBytes() throws IOException {
    ModelFile again = Synthetic.file(21);
    assertThat(again.id()).isEqualTo(first.id()).hasSize(12);
    first.writeTo(folder.resolve("a"));
    again.writeTo(folder.resolve("b"));
    for (String name : List.of("weights.pb", "model.json", "made.json", "card.md")) {
      assertThat(folder.resolve("a").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
    }
  }

  @Test
  void makingItLaterOrByAnotherVersionIsTheSameModel() {
    ModelFile later =
        ModelFile.of(
            first.model(),
            first.provenance(),
            first.evaluation(),
            new Making(AT.plusSeconds(86_400), "another"));
    assertThat(later.id()).isEqualTo(first.id());
  }

  @Test
  void anotherSeedOfTheDataIsAnotherModel() {
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void aSavedModelLoadsAndScoresTheSame() {
    ModelRegistry registry = new ModelRegistry(folder);
    String id = registry.save(first);
    ModelFile loaded = registry.load(id);
    assertThat(loaded.scorer()).isEqualTo(first.scorer());
    assertThat(loaded.evaluation()).isEqualTo(first.evaluation());
    assertThat(loaded.provenance()).isEqualTo(first.provenance());
    assertThat(loaded.making()).isEqualTo(first.making());
    assertThat(loaded.id()).isEqualTo(id);
  }

  @Test
  void savingTheSameModelTwiceChangesNothing() {
    ModelRegistry registry = new ModelRegistry(folder);
    registry.save(first);
    registry.save(first);
    assertThat(registry.ids()).containsExactly(first.id());
    assertThat(folder.toFile().list()).containsExactly(first.id());
  }

  @Test
  void aModelChangedAfterSavingIsRefused() throws IOException {
    ModelRegistry registry = new ModelRegistry(folder);
    Path json = folder.resolve(registry.save(first)).resolve("model.json");
    Files.writeString(
        json, Files.readString(json).replace("\"intercept\" : ", "\"intercept\" : 1"));
    assertThatThrownBy(() -> registry.load(first.id()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("was changed after it was saved");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    ModelRegistry registry = new ModelRegistry(folder);
    Files.delete(folder.resolve(registry.save(first)).resolve("weights.pb"));
    assertThatThrownBy(() -> registry.load(first.id()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights.pb is missing");
  }

  @Test
  void anUnknownModelIsRefused() {
    assertThatThrownBy(() -> new ModelRegistry(folder.resolve("none")).load("0123456789ab"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no model 0123456789ab");
  }

  @Test
  void theFirstModelIsMarkedBootstrapAndOnlyAnOfficerReplacesIt() {
    ModelRegistry registry = new ModelRegistry(folder);
    registry.save(first);
    registry.save(second);
    assertThat(registry.champion()).isEmpty();
    registry.bootstrap(first.id(), "no model in use", AT);
    assertThat(registry.champion().orElseThrow().kind()).isEqualTo(ModelRegistry.Kind.BOOTSTRAP);
    assertThatThrownBy(() -> registry.bootstrap(second.id(), "again", AT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("in use already");
    registry.approve(second.id(), "Officer Li", "better on the autumn window", AT);
    assertThat(registry.championModel().orElseThrow().id()).isEqualTo(second.id());
    assertThat(registry.decisions())
        .extracting(ModelRegistry.Decision::model)
        .containsExactly(first.id(), second.id());
  }

  @Test
  void anApprovalNeedsANameAndAReason() {
    ModelRegistry registry = new ModelRegistry(folder);
    registry.save(first);
    assertThatThrownBy(() -> registry.approve(first.id(), " ", "good", AT))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> registry.approve(first.id(), "Officer Li", "", AT))
        .isInstanceOf(ModelException.class);
    assertThat(registry.champion()).isEmpty();
    assertThat(registry.decisions()).isEmpty();
  }

  @Test
  void aDecisionHalfWrittenByACrashIsCutOffByTheNextOne() throws IOException {
    ModelRegistry registry = new ModelRegistry(folder);
    registry.save(first);
    registry.bootstrap(first.id(), "start", AT);
    Files.writeString(
        folder.resolve("decisions.jsonl"),
        "{\"approver\":\"Officer",
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(registry.decisions()).hasSize(1);
    registry.approve(first.id(), "Officer Li", "confirmed", AT);
    assertThat(registry.decisions())
        .extracting(ModelRegistry.Decision::reason)
        .containsExactly("start", "confirmed");
  }

  @Test
  void aModelThatWasNeverSavedCannotBeApproved() {
    assertThatThrownBy(() -> new ModelRegistry(folder).approve(first.id(), "Officer Li", "x", AT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no model");
  }

  @Test
  void aReaderSeesTheOldChampionOrTheNewOneAndNeverAPart() throws Exception {
    ModelRegistry registry = new ModelRegistry(folder);
    registry.save(first);
    registry.save(second);
    registry.bootstrap(first.id(), "start", AT);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int reads = 0;
              do {
                assertThat(registry.champion().orElseThrow().model()).isIn(first.id(), second.id());
                reads++;
              } while (!done.get());
              return reads;
            });
    for (int i = 0; i < 20; i++) {
      registry.approve(i % 2 == 0 ? second.id() : first.id(), "Officer Li", "turn " + i, AT);
    }
    done.set(true);
    assertThat(reader.get()).isPositive();
    assertThat(registry.decisions()).hasSize(21);
  }
}

package credit.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models of a warehouse: one immutable folder per model id, {@code champion.json} that names
 * the one in use, and {@code decisions.jsonl} with every decision ever taken. One writer at a time;
 * readers at any time.
 */
public final class ModelRegistry {
  private static final String ID = "[0-9a-f]{12}";

  /**
   * Who put which model into use, and why.
   *
   * @param model the model's id
   * @param kind by whom it was decided
   * @param approver the officer; the program itself for a bootstrap
   * @param reason in words
   * @param at when, by the caller's clock
   */
  public record Decision(String model, Kind kind, String approver, String reason, Instant at) {}

  /** How a model came into use. */
  public enum Kind {
    /** The first model of a warehouse, taken into use by the program because there was none. */
    BOOTSTRAP,
    /** An officer's decision. */
    APPROVED
  }

  private final Path root;

  /** Opens the registry in {@code root}, usually {@code <warehouse>/models}; writes nothing. */
  public ModelRegistry(Path root) {
    this.root = root;
  }

  /** Saves the model and gives its id. Saving the same content again changes nothing. */
  public String save(ModelFile file) {
    Path target = root.resolve(file.id());
    try {
      if (Files.exists(target)) {
        // Throws if what lies there is not this content.
        ModelFile.read(target);
        return file.id();
      }
      Files.createDirectories(root);
      Path fresh = root.resolve(Durable.temporaryName(target));
      try {
        file.writeTo(fresh);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        if (Files.exists(fresh)) {
          Durable.deleteTree(fresh);
        }
      }
      return file.id();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot save model " + file.id() + " under " + root + ": check rights and free space", e);
    }
  }

  /** Ids of all saved models, sorted. */
  public List<String> ids() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches(ID))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the models under " + root, e);
    }
  }

  /**
   * Loads a model.
   *
   * @throws ModelException if there is no such model, or its files were changed
   */
  public ModelFile load(String id) {
    if (!ids().contains(id)) {
      throw new ModelException(
          "no model %s under %s: list them with `./credit model list`", id, root);
    }
    return ModelFile.read(root.resolve(id));
  }

  /** The decision that put the model in use there, or empty if none is in use. */
  public Optional<Decision> champion() {
    Path pointer = root.resolve("champion.json");
    try {
      return Files.exists(pointer)
          ? Optional.of(Json.read(Files.readAllBytes(pointer), Decision.class, pointer))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pointer, e);
    }
  }

  /** The model in use. */
  public Optional<ModelFile> championModel() {
    return champion().map(decision -> load(decision.model()));
  }

  /**
   * Takes the first model into use without an officer.
   *
   * @throws ModelException if a model is in use already
   */
  public Decision bootstrap(String id, String reason, Instant at) {
    champion()
        .ifPresent(
            c -> {
              throw new ModelException(
                  "model %s is in use already: only an officer replaces it, with `./credit model"
                      + " approve`",
                  c.model());
            });
    return decide(new Decision(id, Kind.BOOTSTRAP, "credit", reason, at));
  }

  /**
   * Puts a model into use by an officer's decision.
   *
   * @throws ModelException if there is no such model, or approver or reason is blank
   */
  public Decision approve(String id, String approver, String reason, Instant at) {
    if (approver.isBlank() || reason.isBlank()) {
      throw new ModelException(
          "approving model %s needs an approver's name and a reason: both are kept in the log", id);
    }
    return decide(new Decision(id, Kind.APPROVED, approver, reason, at));
  }

  /** Logs first: a crash in between leaves a decision without effect, never one without record. */
  private Decision decide(Decision decision) {
    load(decision.model());
    try {
      byte[] line = (Json.line(decision) + "\n").getBytes(StandardCharsets.UTF_8);
      Durable.appendLine(root.resolve("decisions.jsonl"), line);
      Durable.replace(root.resolve("champion.json"), line);
      return decision;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot record the decision on model " + decision.model() + " under " + root, e);
    }
  }

  /** All decisions, oldest first; a line that a crash left unfinished never took effect. */
  public List<Decision> decisions() {
    Path log = root.resolve("decisions.jsonl");
    if (!Files.exists(log)) {
      return List.of();
    }
    try {
      byte[] bytes = Files.readAllBytes(log);
      String lines = new String(bytes, 0, Durable.wholeLines(bytes), StandardCharsets.UTF_8);
      List<Decision> decisions = new ArrayList<>();
      for (String line : lines.lines().toList()) {
        decisions.add(Json.read(line.getBytes(StandardCharsets.UTF_8), Decision.class, log));
      }
      return decisions;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }
}

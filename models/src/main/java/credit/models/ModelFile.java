package credit.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * A model with all that is known of it, as one immutable folder: {@code weights.pb} (Tribuo's
 * protobuf with its provenance), {@code model.json} (transformation, calibration, evaluation, our
 * provenance), {@code made.json} (when, by what) and {@code card.md} for people.
 *
 * <p>The id is the first 12 hex digits of the SHA-256 over the SHA-256 of {@code weights.pb} and of
 * {@code model.json}. Neither holds a wall-clock time or the machine, so the same inputs give the
 * same bytes and the same id.
 */
public final class ModelFile {
  static final int FORMAT = 1;
  static final int ID_LENGTH = 12;
  private static final String WEIGHTS = "weights.pb";
  private static final String DESCRIPTION = "model.json";
  private static final String MAKING = "made.json";
  private static final String CARD = "card.md";

  /** What stands in {@code model.json}. */
  private record Description(
      int format,
      FeatureSpace space,
      Calibration calibration,
      SingleIndicator bestIndicator,
      TrainingSummary training,
      Provenance provenance,
      Evaluation evaluation) {}

  private final RiskModel model;
  private final Provenance provenance;
  private final Evaluation evaluation;
  private final Making making;
  private final byte[] description;
  private final String contentHash;

  private ModelFile(
      RiskModel model,
      Provenance provenance,
      Evaluation evaluation,
      Making making,
      byte[] description) {
    this.model = model;
    this.provenance = provenance;
    this.evaluation = evaluation;
    this.making = making;
    this.description = description;
    this.contentHash = contentHash(model.regression().protobuf(), description);
  }

  /**
   * Puts a model and its papers together.
   *
   * @param evaluation on a window after the training's outcomes were known; {@code null} if there
   *     was none to judge on, which no gate lets pass
   * @throws ModelException if an outcome of the training reaches into the evaluation window
   */
  public static ModelFile of(
      RiskModel model, Provenance provenance, Evaluation evaluation, Making making) {
    LocalDate outcomesKnown = model.summary().through().plusDays(provenance.horizonDays());
    if (evaluation != null && evaluation.from().isBefore(outcomesKnown)) {
      throw new ModelException(
          "the evaluation window begins %s, but outcomes of the training are looked for until %s"
              + " (%d days after %s): the model would know part of what it is judged on; leave the"
              + " horizon between the two windows",
          evaluation.from(), outcomesKnown, provenance.horizonDays(), model.summary().through());
    }
    byte[] description =
        Json.pretty(
            new Description(
                FORMAT,
                model.space(),
                model.calibration(),
                model.bestIndicator(),
                model.summary(),
                provenance,
                evaluation));
    return new ModelFile(model, provenance, evaluation, making, description);
  }

  /** First 12 hex digits of {@link #contentHash()}. */
  public String id() {
    return contentHash.substring(0, ID_LENGTH);
  }

  /** SHA-256 of the content, in hex. */
  public String contentHash() {
    return contentHash;
  }

  public RiskModel model() {
    return model;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** Null if the model was never judged. */
  public Evaluation evaluation() {
    return evaluation;
  }

  public Making making() {
    return making;
  }

  /** What executors need to score, small enough to broadcast. */
  public Scorer scorer() {
    return model.scorer(id());
  }

  /** The model described for people and for JSON. */
  public ModelCard card() {
    return new ModelCard(this);
  }

  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Durable.write(folder.resolve(WEIGHTS), model.regression().protobuf());
    Durable.write(folder.resolve(DESCRIPTION), description);
    Durable.write(folder.resolve(MAKING), Json.pretty(making));
    Durable.write(folder.resolve(CARD), card().markdown().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a model's folder.
   *
   * @throws ModelException if a file is missing or damaged, or the folder's name is not the
   *     content's id
   */
  public static ModelFile read(Path folder) {
    byte[] weights = bytes(folder.resolve(WEIGHTS));
    byte[] json = bytes(folder.resolve(DESCRIPTION));
    String id = contentHash(weights, json).substring(0, ID_LENGTH);
    if (!folder.getFileName().toString().equals(id)) {
      throw new ModelException(
          "model folder %s holds content %s: a file in it was changed after it was saved; restore"
              + " it, or train again",
          folder, id);
    }
    Description d = Json.read(json, Description.class, folder.resolve(DESCRIPTION));
    if (d.format() != FORMAT) {
      throw new ModelException(
          "%s has format %d, this program reads %d: use the program's version that wrote it, or"
              + " train again",
          folder.resolve(DESCRIPTION), d.format(), FORMAT);
    }
    Making making = Json.read(bytes(folder.resolve(MAKING)), Making.class, folder.resolve(MAKING));
    RiskModel model =
        new RiskModel(
            d.space(),
            LogisticRegression.parse(weights),
            d.calibration(),
            d.bestIndicator(),
            d.training());
    return new ModelFile(model, d.provenance(), d.evaluation(), making, json);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ModelException(
          "model file " + file + " is missing: restore the model's folder, or train again", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentHash(byte[] weights, byte[] description) {
    MessageDigest whole = sha256();
    whole.update(sha256().digest(weights));
    whole.update(sha256().digest(description));
    return HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

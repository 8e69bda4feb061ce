package credit.models;

import java.time.Instant;
import java.util.Objects;

/**
 * When and by what a model was made. Kept with the model, but no part of its identity: the same
 * training tomorrow is the same model.
 *
 * @param createdAt given by the caller's clock
 * @param codeVersion of the program
 */
public record Making(Instant createdAt, String codeVersion) {
  public Making {
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(codeVersion, "codeVersion");
  }
}

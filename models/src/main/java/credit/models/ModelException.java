package credit.models;

import java.util.Locale;

/**
 * A model cannot be trained, read or used, for a reason that the caller's data or files give. The
 * message says what is wrong, why, and what to do.
 */
public final class ModelException extends RuntimeException {
  ModelException(String message, Object... arguments) {
    super(arguments.length == 0 ? message : String.format(Locale.ROOT, message, arguments));
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}

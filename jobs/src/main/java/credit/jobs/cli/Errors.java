package credit.jobs.cli;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.schemas.SchemaException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** What an error means to the one who ran the command. */
final class Errors {
  private Errors() {}

  static ExitCode exitCode(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure.exitCode();
      }
      if (cause instanceof SchemaException) {
        return ExitCode.USAGE;
      }
      if (isEnvironment(cause)) {
        return ExitCode.ENVIRONMENT;
      }
    }
    return ExitCode.BUG;
  }

  static String message(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure || cause instanceof SchemaException) {
        return cause.getMessage();
      }
      if (isEnvironment(cause)) {
        return cause.getMessage() + "; free the disk or correct the rights, then run again";
      }
    }
    String message = String.valueOf(error.getMessage());
    return error.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private static boolean isEnvironment(Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return true;
    }
    if (!(cause instanceof IOException)) {
      return false;
    }
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("permission denied")
        || message.contains("read-only file system")
        || (cause instanceof FileSystemException && message.contains("denied"));
  }
}

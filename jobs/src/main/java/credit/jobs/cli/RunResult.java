package credit.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code run-result.json} in a run's folder: how it ended, for schedulers that hide exit codes. */
final class RunResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunResult() {}

  /** Writes the result in place of an earlier one, whole or not at all. */
  static void write(
      Warehouse warehouse,
      String runId,
      ExitCode code,
      String stage,
      String message,
      Map<String, Long> counts) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("code", code.number());
    result.put("stage", stage);
    result.put("message", message);
    result.put("run_id", runId);
    result.put("counts", counts);
    Path folder = warehouse.run(runId);
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "run-result", ".tmp");
      Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
      Files.move(draft, folder.resolve("run-result.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); free the disk", folder, e.getMessage());
    }
  }
}

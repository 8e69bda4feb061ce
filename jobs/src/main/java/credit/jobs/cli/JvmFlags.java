package credit.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.launcher.JavaModuleOptions;

/** Writes the JVM flags that this Spark asks for, so that tests and the launcher copy no list. */
final class JvmFlags {
  private JvmFlags() {}

  public static void main(String[] args) throws IOException {
    // The vector module serves linear algebra that we do not use, and warns at every start.
    String flags =
        JavaModuleOptions.defaultModuleOptions().replace("--add-modules=jdk.incubator.vector", "")
            + " -Duser.timezone=Asia/Shanghai";
    Files.writeString(Path.of(args[0]), flags.strip() + "\n");
  }
}

package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class JdkOnlyTest {
  @Test
  void theClientNeedsNothingButTheJdk() throws URISyntaxException, IOException {
    Path classes =
        Path.of(ListClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int code = jdeps.run(new PrintWriter(out), new PrintWriter(out), "-s", classes.toString());
    assertThat(code).as(out.toString()).isZero();
    List<String> needs =
        out.toString()
            .lines()
            .map(line -> line.replaceAll(".*-> ", "").strip())
            .distinct()
            .toList();
    assertThat(needs).containsExactlyInAnyOrder("java.base", "java.net.http", "jdk.httpserver");
  }
}

package credit.jobs.cli;

import credit.jobs.cli.page.DocsPage;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code docs}: contracts, code lists, rules and lineage as one page. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = {
      "Writes contracts, code lists, rules and lineage as one self-contained HTML page with a"
          + " search box.",
      "Contracts use the keys of the Open Data Contract Standard v3 where it has one; the page says"
          + " which."
    },
    footer = {"", "Example: ./credit docs --out docs.html --lang en"})
final class DocsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "file to write, replaced where it exists (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("docs.html");

  @Override
  public Integer call() {
    String page = DocsPage.render(options.loadSchemas(), options.language());
    try {
      Path folder = out.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(out, page, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); name another --out", out, e.getMessage());
    }
    Output.line(out.toString());
    return 0;
  }
}

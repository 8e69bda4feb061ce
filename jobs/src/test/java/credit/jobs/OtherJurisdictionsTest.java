package credit.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.indicators.Indicators;
import credit.jobs.warehouse.ContractExpressions;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Tables;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Other cities are data: each folder of the benchmarks that holds schemas is a jurisdiction of its
 * own, whose contracts and rules are sound and whose name no Java knows.
 */
@ExtendWith(SparkExtension.class)
class OtherJurisdictionsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final LocalDate DAY = LocalDate.of(2014, 9, 1);

  private static List<Path> jurisdictions() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("benchmarks"))) {
      List<Path> found =
          folders.filter(folder -> Files.isDirectory(folder.resolve("schemas"))).sorted().toList();
      assertThat(found).as("jurisdictions below benchmarks/").isNotEmpty();
      return found;
    }
  }

  @Test
  void contractsAndRulesOfEveryCityAreAnalysed(SparkSession spark) throws IOException {
    for (Path city : jurisdictions()) {
      Schemas schemas = Schemas.load(city.resolve("schemas"));

      ContractExpressions.checkAll(spark, schemas);
      RuleConditions.checkAll(spark, schemas);

      assertThat(schemas.register().firm().scheme()).as(city + ": id scheme").isEqualTo("none");
    }
  }

  @Test
  void indicatorsOfEveryCityCanBeComputed(SparkSession spark) throws IOException {
    for (Path city : jurisdictions()) {
      Schemas schemas = Schemas.load(city.resolve("schemas"));
      IndicatorRules rules = IndicatorRules.of(schemas, DAY, true);

      Dataset<Row> values =
          Indicators.values(
              empty(spark, schemas, "events"),
              empty(spark, schemas, "firm_file"),
              List.of(DAY),
              rules);

      assertThat(values.columns()).contains(Indicators.valueNames(rules).toArray(String[]::new));
    }
  }

  private static Dataset<Row> empty(SparkSession spark, Schemas schemas, String table) {
    return spark.createDataFrame(List.of(), Tables.schemaOf(Tables.contract(schemas, table)));
  }

  @Test
  void noJavaKnowsOfAnyCityOfTheBenchmarks() throws IOException {
    List<String> names =
        jurisdictions().stream()
            .map(city -> city.getFileName().toString().toLowerCase(Locale.ROOT))
            .toList();
    List<String> knowing = new ArrayList<>();
    for (Path source : javaSources()) {
      String text = Files.readString(source).toLowerCase(Locale.ROOT);
      names.stream()
          .filter(text::contains)
          .forEach(name -> knowing.add(ROOT.relativize(source) + " names " + name));
    }

    assertThat(knowing).isEmpty();
  }

  private static List<Path> javaSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    assertThat(sources).as("Java sources").isNotEmpty();
    return sources;
  }
}

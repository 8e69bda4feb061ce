package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.SparkExtension;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class ReadOnlySqlTest {
  private static final Set<String> KNOWN = Set.of("tiers", "firm_file", "runs");

  private final SparkSession spark;

  ReadOnlySqlTest(SparkSession spark) {
    this.spark = spark;
  }

  private Set<String> tables(String sql) {
    return ReadOnlySql.tables(spark, sql, KNOWN);
  }

  @Test
  void onlyTheTablesThatAreNamedAreOpened() {
    assertThat(
            tables(
                """
                WITH best AS (SELECT code FROM TIERS WHERE tier = 'A')
                SELECT f.district, count(*) n, max(upper(f.name))
                FROM firm_file f JOIN best USING (code) LATERAL VIEW explode(f.timeline) t AS e
                WHERE EXISTS (SELECT 1 FROM tiers x WHERE x.code = f.code)
                GROUP BY f.district HAVING count(*) > 1 ORDER BY n DESC LIMIT 5;
                """))
        .containsExactly("firm_file", "tiers");
    assertThat(tables("SELECT * FROM range(3) UNION ALL VALUES (1), (2)")).isEmpty();
    assertThat(tables("SELECT row_number() OVER (PARTITION BY tier ORDER BY code) FROM tiers"))
        .containsExactly("tiers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM tiers",
        "UPDATE tiers SET tier = 'A'",
        "INSERT INTO tiers SELECT * FROM tiers",
        "FROM tiers INSERT INTO firm_file SELECT *",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT * FROM tiers",
        "MERGE INTO tiers t USING runs r ON t.code = r.run_id WHEN MATCHED THEN DELETE",
        "CREATE TABLE x AS SELECT 1",
        "CREATE TEMPORARY VIEW x AS SELECT 1",
        "DROP TABLE tiers",
        "TRUNCATE TABLE tiers",
        "VACUUM tiers",
        "OPTIMIZE tiers",
        "SET spark.sql.ansi.enabled=false",
        "EXPLAIN SELECT 1",
        "ADD JAR '/tmp/x.jar'",
        "SELECT TRANSFORM(code) USING 'cat' AS (x STRING) FROM tiers",
        "EXECUTE IMMEDIATE 'DROP TABLE tiers'",
        "BEGIN SELECT 1; DROP TABLE tiers; END"
      })
  void aStatementThatWritesIsRefused(String sql) {
    assertRefused(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM parquet.`/etc`",
        "SELECT * FROM delta.`/tmp/tiers`",
        "SELECT * FROM csv.`/etc/passwd`",
        "SELECT * FROM tiers WHERE code IN (SELECT value FROM text.`/etc/passwd`)",
        "SELECT (SELECT max(value) FROM text.`/etc/passwd`) FROM tiers",
        "WITH t AS (SELECT * FROM text.`/etc/passwd`) SELECT * FROM t",
        "SELECT * FROM tiers, LATERAL (SELECT * FROM text.`/etc/passwd`)",
        "SELECT * FROM spark_catalog.default.tiers",
        "SELECT * FROM table_changes('tiers', 0)",
        "SELECT * FROM IDENTIFIER('parquet.`/etc`')"
      })
  void aFileIsNoTable(String sql) {
    assertRefused(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT reflect('java.lang.System', 'getenv', 'HOME')",
        "SELECT upper(java_method('java.lang.System', 'getenv', 'HOME')) FROM tiers",
        "SELECT code FROM tiers WHERE try_reflect('java.lang.Runtime', 'getRuntime') IS NULL",
        "SELECT system.builtin.reflect('java.lang.System', 'getenv', 'HOME')"
      })
  void javaIsNeverCalled(String sql) {
    assertRefused(sql);
  }

  @Test
  void twoStatementsAreRefused() {
    assertRefused("SELECT 1; SELECT 2");
  }

  @Test
  void anUnknownTableIsNamed() {
    assertThatThrownBy(() -> tables("SELECT * FROM tier"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no table 'tier'");
  }

  private void assertRefused(String sql) {
    assertThatThrownBy(() -> tables(sql))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}

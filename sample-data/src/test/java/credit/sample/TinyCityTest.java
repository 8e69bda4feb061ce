package credit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed city. */
class TinyCityTest {
  private static final Path COMMITTED = Path.of("tiny");

  @Test
  void regeneratingTheTinyCityGivesTheCommittedBytes(@TempDir Path folder) throws IOException {
    TinyCity.main(new String[] {folder.toString()});

    Map<String, byte[]> committed = CityFiles.bytes(COMMITTED);
    Map<String, byte[]> made = CityFiles.bytes(folder);

    assertThat(committed).isNotEmpty();
    assertThat(made.keySet()).isEqualTo(committed.keySet());
    committed.forEach((file, bytes) -> assertThat(made.get(file)).as(file).isEqualTo(bytes));
  }

  @Test
  void theTinyCityHasEveryGroundOfRestrictionAndItsRepair() {
    assertThat(count("serious_violations", row -> true)).isPositive();
    assertThat(count("promises", row -> row.get("outcome").equals("虚假承诺"))).isPositive();
    assertThat(count("judgment_debtors", row -> row.get("party_kind").equals("581"))).isPositive();
    assertThat(count("judgment_debtors", row -> row.get("party_kind").equals("580"))).isPositive();
    assertThat(count("other_domain_listings", row -> true)).isPositive();
    assertThat(count("repairs", row -> row.get("outcome").equals("准予修复"))).isPositive();
    assertThat(count("objections", row -> true)).isPositive();
    assertThat(count("penalties", row -> row.get("penalty_status").equals("1"))).isPositive();
    assertThat(CityFiles.truth(COMMITTED.resolve("truth"), "firms.csv"))
        .anyMatch(firm -> !firm.getField("restricted_by").isEmpty());
  }

  @Test
  void theTinyCityHasNoticesInEveryStateOfTheirLife() {
    assertThat(count("listing_notices", row -> row.get("outcome").equals("列入"))).isPositive();
    assertThat(count("listing_notices", row -> row.get("outcome").equals("不予列入"))).isPositive();
    assertThat(count("listing_notices", row -> row.get("outcome").equals("撤回告知"))).isPositive();
    assertThat(count("listing_notices", row -> row.get("objection_until").isEmpty())).isPositive();
    assertThat(count("listing_notices", row -> row.get("objection_until").contains("2026年7月")))
        .isPositive();
    assertThat(count("serious_violations", row -> !row.get("notice_no").isEmpty())).isPositive();
  }

  @Test
  void theTinyCityStaysSmall() {
    long bytes = CityFiles.bytes(COMMITTED).values().stream().mapToLong(b -> b.length).sum();

    assertThat(bytes).isLessThan(3_000_000);
  }

  private static long count(String source, Predicate<Map<String, String>> matches) {
    List<CityFiles.Delivered> rows = CityFiles.read(COMMITTED.resolve("deliveries"), source);
    return rows.stream().filter(row -> matches.test(row.cells())).count();
  }
}

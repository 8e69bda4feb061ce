package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.Failure;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-30T17:00:00Z"), ZoneOffset.UTC);
  private static final String CODE = "91350100M000100Y43";

  @TempDir private Path deliveries;

  private static Judgement judgement(String code) {
    return new Judgement("penalties/0123456789ab/7", "LINK", code, "1024", "same, \"address\"");
  }

  @Test
  void aDecisionIsADeliveryOfShanghaisToday() throws IOException {
    Path file = judgement(CODE).deliver(Schemas.bundled(), deliveries, CLOCK);
    assertThat(deliveries.relativize(file))
        .hasToString("link_judgements/2026-07-01/judgement-1.csv");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("判定编号,判定,记录编号,统一社会信用代码,经办人工号,判定日期,理由");
    assertThat(lines.get(1))
        .matches(
            "J20260701-[0-9a-f]{12},LINK,penalties/0123456789ab/7,"
                + CODE
                + ",1024,2026-07-01,\"same, \"\"address\"\"\"");
  }

  @Test
  void anEarlierDecisionIsNeverOverwritten() throws IOException {
    Path first = judgement(CODE).deliver(Schemas.bundled(), deliveries, CLOCK);
    String before = Files.readString(first);
    Path second =
        judgement(CODE)
            .deliver(Schemas.bundled(), deliveries, Clock.offset(CLOCK, Duration.ofMinutes(1)));
    assertThat(second).isNotEqualTo(first);
    assertThat(Files.readString(first)).isEqualTo(before);
    assertThat(Files.readString(second)).isNotEqualTo(before);
  }

  @Test
  void aDecisionForACodeWithAWrongCheckDigitIsRefused() {
    assertThatThrownBy(
            () -> judgement("91350100M000100Y44").deliver(Schemas.bundled(), deliveries, CLOCK))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("check digit");
    assertThat(deliveries).isEmptyDirectory();
  }
}

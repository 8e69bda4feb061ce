package credit.benchmarks.ingest;

import credit.approval.id.UnifiedCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * An inspection file of any length, as the market regulator delivers it: the same length gives the
 * same bytes. One row in fifty repeats an earlier row, one in two hundred has a cell that cannot be
 * read, so that all verdicts are at work.
 */
final class InspectionFile {
  private static final String HEADER = "检查编号,企业名称,统一社会信用代码,所在区,检查日期,检查类型,检查领域,检查结果,处理情况,检查机关,检查人员";
  private static final String[] DISTRICTS = {"香洲区", "斗门区", "金湾区"};
  private static final String[] DIVISIONS = {"440402", "440403", "440404"};
  private static final String[] PLANS = {"双随机抽查", "专项检查", "投诉举报检查"};
  private static final String[] DOMAINS = {"food", "fire", "registration", "product_quality"};
  private static final String[] TRADES = {"便利店", "茶餐厅", "建材有限公司", "装饰工程店", "文具店有限公司"};
  private static final String[] SIGNS = {"钰杉", "麓墨坊", "翊笙", "骁谷源", "泓榕斋", "桉渡", "棠野阁", "舫潮居"};
  private static final LocalDate FIRST = LocalDate.of(2023, 7, 1);
  private static final int DAYS = 1095;
  private static final int FIRMS = 400_000;

  private InspectionFile() {}

  /** Writes the file; gzip'd where its name says so. */
  static void write(Path file, long rows) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(file);
        OutputStream packed =
            file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        Writer text =
            new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16)) {
      text.write(HEADER);
      text.write('\n');
      for (long row = 0; row < rows; row++) {
        boolean repeats = row % 50 == 49;
        text.write(line(repeats ? row - 17 : row));
        text.write('\n');
      }
    }
  }

  private static String line(long row) {
    Random random = new Random(row * 0x9E3779B97F4A7C15L);
    int firm = random.nextInt(FIRMS);
    int district = firm % DISTRICTS.length;
    boolean breach = random.nextInt(8) == 0;
    String day = FIRST.plusDays(random.nextInt(DAYS)).toString();
    return String.join(
        ",",
        "JC%010d".formatted(row),
        "珠海市" + DISTRICTS[district] + pick(SIGNS, firm / 3) + firm + pick(TRADES, firm / 24),
        code(firm, district),
        DISTRICTS[district],
        row % 200 == 0 ? "2024-02-31" : day,
        pick(PLANS, random.nextInt(PLANS.length)),
        pick(DOMAINS, random.nextInt(DOMAINS.length)),
        breach ? "2" : "1",
        breach ? "责令限期改正" : "",
        "珠海市市场监督管理局" + DISTRICTS[district].substring(0, 2) + "分局",
        "甲某、乙某");
  }

  private static String code(int firm, int district) {
    return UnifiedCode.compose("91" + DIVISIONS[district], "Y%07d".formatted(firm));
  }

  private static String pick(String[] of, int at) {
    return of[at % of.length];
  }
}

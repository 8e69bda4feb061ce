package credit.sample;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How a department writes its files.
 *
 * @param form csv, tsv, jsonl, xlsx or parquet
 * @param charset encoding
 * @param mark whether the file begins with a byte-order mark
 * @param gzip whether it is gzip'd
 * @param control whether a control file with rows and hash lies beside it
 * @param windows whether lines end with CR LF
 * @param dates spelling of dates
 */
record Layout(
    Form form,
    Charset charset,
    boolean mark,
    boolean gzip,
    boolean control,
    boolean windows,
    DateTimeFormatter dates) {

  enum Form {
    CSV,
    TSV,
    JSONL,
    XLSX,
    PARQUET;

    String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  static Layout of(String source) {
    return switch (source) {
      case "firm_register" -> csv(UTF_8, "uuuu-MM-dd").withMark().withControl();
      case "penalties" -> csv(GB18030, "uuuu/M/d").withControl().onWindows();
      case "licences", "complaints" -> csv(GB18030, "uuuu/M/d").onWindows();
      case "inspections" -> csv(UTF_8, "uuuuMMdd").gzipped();
      case "approval_cases", "annual_reports" -> csv(UTF_8, "uuuu-MM-dd").gzipped();
      case "judgment_debtors" -> of(Form.JSONL, "uuuu年M月d日");
      case "reviews" -> of(Form.JSONL, "uuuu-MM-dd");
      case "honours" -> of(Form.TSV, "uuuu.M.d");
      case "penalties_2016" -> of(Form.TSV, "uuuu/MM/dd").in(GB18030).gzipped();
      case "department_inspections" -> of(Form.JSONL, "uuuu-MM-dd").gzipped();
      case "enforcement_cases" -> of(Form.JSONL, "uuuu年MM月dd日");
      case "judgments" -> csv(UTF_8, "uuuu.MM.dd").withMark().gzipped();
      case "abnormal_marks" -> csv(GB18030, "uuuu-MM-dd").gzipped();
      case "serious_violations", "listing_notices", "other_domain_listings" ->
          csv(UTF_8, "uuuu年M月d日").withMark();
      default -> csv(UTF_8, "uuuu-MM-dd");
    };
  }

  String fileName(String source, String yyyymm) {
    return source + "_" + yyyymm + "." + form.extension() + (gzip ? ".gz" : "");
  }

  private static Layout csv(Charset charset, String dates) {
    return new Layout(Form.CSV, charset, false, false, false, false, pattern(dates));
  }

  private static Layout of(Form form, String dates) {
    return new Layout(form, UTF_8, false, false, false, false, pattern(dates));
  }

  private static DateTimeFormatter pattern(String dates) {
    return DateTimeFormatter.ofPattern(dates, Locale.ROOT);
  }

  /** Whether a file without rows still says which columns it has. */
  boolean hasHeader() {
    return form != Form.JSONL;
  }

  /** The same department's files in another form. */
  Layout as(Form other, boolean packed) {
    return new Layout(other, charset, mark, packed, control, windows, dates);
  }

  private Layout in(Charset other) {
    return new Layout(form, other, mark, gzip, control, windows, dates);
  }

  private Layout withMark() {
    return new Layout(form, charset, true, gzip, control, windows, dates);
  }

  private Layout withControl() {
    return new Layout(form, charset, mark, gzip, true, windows, dates);
  }

  private Layout gzipped() {
    return new Layout(form, charset, mark, true, control, windows, dates);
  }

  private Layout onWindows() {
    return new Layout(form, charset, mark, gzip, control, true, dates);
  }
}

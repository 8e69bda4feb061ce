package credit.jobs.link;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.id.UnifiedCode;
import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The linking rules on one small register; all records are decided in one go. */
@ExtendWith(SparkExtension.class)
class LinkingTest {
  private static final String XIANGZHOU = "440402";
  private static final String DOUMEN = "440403";
  private static final LocalDate RENAMED = LocalDate.of(2024, 1, 1);
  private static final LocalDate ESTABLISHED = LocalDate.of(2015, 1, 1);
  private static final LocalDate DAY = LocalDate.of(2025, 6, 1);
  private static final LocalDate DAY_OF_OLD = LocalDate.of(2021, 6, 1);
  private static final String PLACEHOLDER = "000000000000000000";
  private static final String OF_ANOTHER_CITY = UnifiedCode.compose("91110000", "MA000001");
  private static final String MISTYPED = OF_ANOTHER_CITY.replaceFirst("M", "N");

  private static final List<Row> REGISTER =
      List.of(
          firm("HAITIAN", "珠海市海天餐饮有限公司", XIANGZHOU, "珠海市海角餐饮有限公司@" + RENAMED),
          firm("HONGTU", "珠海市宏图国际商贸发展有限公司", XIANGZHOU),
          firm("HONGTU-BRANCH", "珠海市宏图国际商贸发展有限公司斗门分公司", DOUMEN),
          firm("SHUNDA-1", "珠海市香洲区顺达面馆", XIANGZHOU),
          firm("SHUNDA-2", "珠海市香洲区顺达面馆", XIANGZHOU),
          firm("SHUNFENG", "珠海市香洲区顺风面馆", XIANGZHOU),
          firm("SHUNSHUI", "珠海市香洲区顺水面馆", XIANGZHOU),
          firm("MINGYUE", "明月美食店", DOUMEN),
          firm("YUANHANG", "珠海市远航物流有限公司", XIANGZHOU, "珠海市近海物流有限公司"),
          firm(
              "XINCHAO",
              "珠海市新潮服饰有限公司",
              XIANGZHOU,
              "珠海市旧潮服饰有限公司@" + RENAMED,
              "珠海市早潮服饰有限公司@" + RENAMED.minusYears(2)),
          firm("WANGCHAO", "珠海市晚潮服饰有限公司", XIANGZHOU, "珠海市新潮服饰有限公司@" + RENAMED.minusYears(1)));

  private static Map<String, Row> decided;

  private static Row firm(String code, String name, String district, String... former) {
    return RowFactory.create(code, name, district, ESTABLISHED, former);
  }

  private static Row record(String id, String code, String name, String district) {
    return record(id, code, name, district, DAY, false);
  }

  private static Row record(
      String id, String code, String name, String district, LocalDate day, boolean person) {
    return RowFactory.create(
        id + " v2", id, "penalties", "uscc", code, name, district, day, person, day);
  }

  private static Row judgement(String record, String decision, String code, int month) {
    return judgement(record, 1, decision, code, month);
  }

  private static Row judgement(
      String record, int version, String decision, String code, int month) {
    return RowFactory.create(record + " v" + version, decision, code, LocalDate.of(2025, month, 1));
  }

  @BeforeAll
  static void decide(SparkSession spark) {
    NameFunctions.register(spark);
    decided =
        decided(records(spark), new Observation(), names(spark)).collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getAs("record_key"), r -> r));
  }

  private static Dataset<Row> names(SparkSession spark) {
    return Register.names(
        frame(
            spark,
            "code STRING, name STRING, district STRING, established DATE, former_names ARRAY<STRING>",
            REGISTER));
  }

  private static Dataset<Row> records(SparkSession spark) {
    return frame(
        spark,
        "record_id STRING, record_key STRING, source STRING, id_scheme STRING,"
            + " given_code STRING, name STRING,"
            + " district STRING, on_date DATE, not_a_firm BOOLEAN, known_at DATE",
        RECORDS);
  }

  private static Dataset<Row> decided(
      Dataset<Row> records, Observation counted, Dataset<Row> names) {
    Dataset<Row> versions =
        records.union(records.withColumn("record_id", concat(col("record_key"), lit(" v1"))));
    Dataset<Row> judgements =
        frame(
            records.sparkSession(),
            "judged_record STRING, decision STRING, code STRING, decided_on DATE",
            JUDGEMENTS);
    return Linking.decide(records, counted, names, Linking.judged(judgements, versions));
  }

  @Test
  void everyRecordIsCountedThoughTheRegisterHasNoFirmThatItMayMean(SparkSession spark)
      throws InterruptedException {
    Observation counted = new Observation();
    Dataset<Row> nobody = names(spark).where("firm_code = 'nobody'").localCheckpoint();
    assertThat(decided(records(spark).localCheckpoint(), counted, nobody).count())
        .isEqualTo(RECORDS.size());
    assertThat(counted.getAsJava()).containsEntry(Linking.RECORDS, (long) RECORDS.size());
  }

  private static Dataset<Row> frame(SparkSession spark, String columns, List<Row> rows) {
    return spark.createDataFrame(rows, StructType.fromDDL(columns));
  }

  private static final List<Row> RECORDS =
      List.of(
          record("code and name", "HAITIAN", "珠海市海天餐饮有限公司", null),
          record("code and full-width name", "HAITIAN", "珠海市海天（餐饮）有限公司", null),
          record("code alone", "HAITIAN", null, null),
          record("code and misspelt name", "HAITIAN", "珠海市海天歺饮有限公司", null),
          record("code and another firm's name", "HAITIAN", "珠海市香洲区顺风面馆", XIANGZHOU),
          record("code and a neighbour's similar name", "SHUNSHUI", "珠海市香洲区顺风面馆", null),
          record("code and an unknown name", "HAITIAN", "北京宇宙电子科技股份公司", null),
          record("head's code, registered branch", "HONGTU", "珠海市宏图国际商贸发展有限公司斗门分公司", DOUMEN),
          record("head's code, unknown branch", "HONGTU", "珠海市宏图国际商贸发展有限公司金湾营业部", null),
          record("head's code, branch of former name", "HAITIAN", "珠海市海角餐饮有限公司吉大店", null),
          record("head's code, misspelt branch", "HONGTU", "珠海宏图国际商贸发展有限公司金湾分公司", null),
          record("no code, unknown branch", null, "珠海市海天餐饮有限公司金湾分公司", null),
          record("branch's own code", "HONGTU-BRANCH", "珠海市宏图国际商贸发展有限公司斗门分公司", null),
          record("former name in time", null, "珠海市海角餐饮有限公司", null, RENAMED.minusDays(1), false),
          record("former name too late", null, "珠海市海角餐饮有限公司", null, RENAMED, false),
          record("former name with code", "HAITIAN", "珠海市海角餐饮有限公司", null),
          record("former name without its day", null, "珠海市近海物流有限公司", null),
          record("new name too early", null, "珠海市新潮服饰有限公司", null, RENAMED.minusDays(1), false),
          record("new name in time", null, "珠海市新潮服饰有限公司", null, RENAMED, false),
          record("name of the firm that gave it up", null, "珠海市新潮服饰有限公司", null, DAY_OF_OLD, false),
          record("middle name too early", null, "珠海市旧潮服饰有限公司", null, DAY_OF_OLD, false),
          record("middle name in time", null, "珠海市旧潮服饰有限公司", null, RENAMED.minusDays(1), false),
          record("first name in time", null, "珠海市早潮服饰有限公司", null, ESTABLISHED, false),
          record("before the firm", null, "明月美食店", DOUMEN, ESTABLISHED.minusDays(1), false),
          record("two of one name", null, "珠海市香洲区顺达面馆", XIANGZHOU),
          record("two of one name, one ruled out", null, "珠海市香洲区顺达面馆", XIANGZHOU),
          record("name of another district", null, "明月美食店", XIANGZHOU),
          record("name in its district", null, "明月美食店", DOUMEN),
          record("name without district", null, " 明月　美食店 ", null),
          record("placeholder and name", PLACEHOLDER, "珠海市香洲区顺风面馆", XIANGZHOU),
          record("placeholder and two of one name", PLACEHOLDER, "珠海市香洲区顺达面馆", XIANGZHOU),
          record("placeholder alone", PLACEHOLDER, null, null),
          record("another city's code and a name here", OF_ANOTHER_CITY, "珠海市香洲区顺风面馆", XIANGZHOU),
          record("another city's code and name", OF_ANOTHER_CITY, "北京宇宙电子科技股份公司", null),
          record("another city's code, an officer knows", OF_ANOTHER_CITY, "明月美食店", DOUMEN),
          record("mistyped code and name", MISTYPED, "珠海市香洲区顺风面馆", XIANGZHOU),
          record("nothing known", null, "北京宇宙电子科技股份公司", null),
          record("a person", null, "明月美食店", DOUMEN, DAY, true),
          record("not to its code", "HAITIAN", "珠海市海天餐饮有限公司", null),
          record("not to its name", null, "明月美食店", DOUMEN),
          record("by an officer", null, "海天饭店", null),
          record("by an officer, taken back", null, "海天饭店", null),
          record("ruled out, then linked", "HAITIAN", "珠海市海天餐饮有限公司", null),
          record("linked, then to another", null, "海天饭店", null),
          record("two decisions of one day", "HAITIAN", "珠海市海天餐饮有限公司", null));

  private static final List<Row> JUDGEMENTS =
      List.of(
          judgement("two of one name, one ruled out", "NOT_LINK", "SHUNDA-1", 1),
          judgement("another city's code, an officer knows", "LINK", "MINGYUE", 1),
          judgement("not to its code", "NOT_LINK", "HAITIAN", 1),
          judgement("not to its name", "NOT_LINK", "MINGYUE", 1),
          judgement("by an officer", "LINK", "HAITIAN", 1),
          judgement("by an officer, taken back", "LINK", "HAITIAN", 1),
          judgement("by an officer, taken back", 2, "NOT_LINK", "HAITIAN", 2),
          judgement("ruled out, then linked", "NOT_LINK", "HAITIAN", 1),
          judgement("ruled out, then linked", "LINK", "HAITIAN", 2),
          judgement("linked, then to another", "LINK", "YUANHANG", 1),
          judgement("linked, then to another", "LINK", "HAITIAN", 2),
          judgement("two decisions of one day", "LINK", "HAITIAN", 3),
          judgement("two decisions of one day", "NOT_LINK", "HAITIAN", 3));

  private static void assertLinked(String record, String code, String tier) {
    Row row = decided.get(record);
    assertThat(Arrays.asList(row.getAs("outcome"), row.getAs("code"), row.getAs("tier")))
        .as(record)
        .isEqualTo(List.of("linked", code, tier));
    assertThat(row.<Object>getAs("reason")).as(record).isNull();
    assertThat(row.getList(row.fieldIndex("reasons"))).as(record).isNotEmpty();
  }

  private static void assertNotLinked(String record, String outcome, String reason) {
    Row row = decided.get(record);
    assertThat(Arrays.asList(row.getAs("outcome"), row.getAs("code"), row.getAs("tier")))
        .as(record)
        .isEqualTo(Arrays.asList(outcome, null, null));
    assertThat(row.<String>getAs("reason")).as(record).contains(reason);
  }

  private static List<String> candidates(String record) {
    Row row = decided.get(record);
    return row.<Row>getList(row.fieldIndex("candidates")).stream()
        .map(c -> c.<String>getAs("code"))
        .toList();
  }

  @Test
  void everyRecordIsDecidedOnce() {
    assertThat(decided).hasSameSizeAs(RECORDS);
  }

  @Test
  void aCodeOfTheRegisterLinksWhereTheNameAgrees() {
    assertLinked("code and name", "HAITIAN", "code");
    assertLinked("code and full-width name", "HAITIAN", "code");
    assertLinked("code alone", "HAITIAN", "code");
    assertThat(decided.get("code alone").<Double>getAs("score")).isEqualTo(1.0);
    assertLinked("former name with code", "HAITIAN", "code");
  }

  @Test
  void aMisspeltNameWithACodeLinksWithALowerScore() {
    assertLinked("code and misspelt name", "HAITIAN", "code-similar-name");
    assertThat(decided.get("code and misspelt name").<Double>getAs("score")).isBetween(0.67, 0.99);
  }

  @Test
  void aCodeWithAnotherFirmsNameGoesToReview() {
    assertNotLinked("code and another firm's name", "review", "disagrees with the code");
    assertThat(candidates("code and another firm's name")).containsExactly("HAITIAN", "SHUNFENG");
    assertNotLinked("code and an unknown name", "review", "disagrees with the code");
  }

  @Test
  void anotherFirmsNameIsNoMisspellingHoweverSimilar() {
    assertNotLinked("code and a neighbour's similar name", "review", "disagrees with the code");
  }

  @Test
  void aBranchWithTheHeadsCodeIsNeverAttachedToTheHead() {
    assertLinked("head's code, registered branch", "HONGTU-BRANCH", "name");
    assertNotLinked("head's code, unknown branch", "branch", "not its head firm");
    assertNotLinked("head's code, branch of former name", "branch", "not its head firm");
    assertNotLinked("head's code, misspelt branch", "review", "disagrees with the code");
    assertNotLinked("no code, unknown branch", "unmatched", "no firm of the register");
    assertLinked("branch's own code", "HONGTU-BRANCH", "code");
  }

  @Test
  void aFormerNameLinksOnlyBeforeItsEnd() {
    assertLinked("former name in time", "HAITIAN", "name");
    assertNotLinked("former name too late", "review", "another time");
  }

  @Test
  void aNameLinksOnlySinceTheEndOfTheNameBeforeIt() {
    assertNotLinked("new name too early", "review", "another time");
    assertThat(candidates("new name too early")).containsExactly("WANGCHAO", "XINCHAO");
    assertLinked("new name in time", "XINCHAO", "name");
    assertLinked("name of the firm that gave it up", "WANGCHAO", "name");
    assertNotLinked("middle name too early", "review", "another time");
    assertLinked("middle name in time", "XINCHAO", "name");
  }

  @Test
  void aFirstNameLinksOnlySinceTheFirmWasEstablished() {
    assertLinked("first name in time", "XINCHAO", "name");
    assertNotLinked("before the firm", "review", "another time");
  }

  @Test
  void aFormerNameWithoutItsLastDayLinksNothing() {
    assertNotLinked("former name without its day", "unmatched", "no firm of the register");
  }

  @Test
  void twoFirmsOfOneNameInOneDistrictGoToReview() {
    assertNotLinked("two of one name", "review", "several firms");
    assertThat(candidates("two of one name")).containsExactly("SHUNDA-1", "SHUNDA-2");
    assertNotLinked("placeholder and two of one name", "review", "several firms");
  }

  @Test
  void theSameNameInAnotherDistrictGoesToReview() {
    assertNotLinked("name of another district", "review", "another district");
    assertThat(candidates("name of another district")).containsExactly("MINGYUE");
  }

  @Test
  void anExactNameInItsDistrictLinks() {
    assertLinked("name in its district", "MINGYUE", "name");
    assertLinked("name without district", "MINGYUE", "name");
  }

  @Test
  void aNameDoesNotOutweighASoundCodeThatNoFirmOfTheRegisterHas() {
    assertNotLinked("another city's code and a name here", "review", "the code is sound");
    assertThat(candidates("another city's code and a name here")).containsExactly("SHUNFENG");
    assertNotLinked("another city's code and name", "unmatched", "no firm of the register");
    assertLinked("another city's code, an officer knows", "MINGYUE", "human");
  }

  @Test
  void aCodeWithAWrongCheckDigitLeavesTheNameToDecide() {
    assertLinked("mistyped code and name", "SHUNFENG", "name");
  }

  @Test
  void aPlaceholderOutsideTheRegisterLinksByNameOnly() {
    assertLinked("placeholder and name", "SHUNFENG", "name");
    assertNotLinked("placeholder alone", "unmatched", "no firm of the register");
  }

  @Test
  void whatNobodyKnowsIsUnmatchedAndAPersonIsNoFirm() {
    assertNotLinked("nothing known", "unmatched", "no firm of the register");
    assertNotLinked("a person", "not_a_firm", "no firm");
  }

  @Test
  void notLinkBeatsEveryRule() {
    assertNotLinked("not to its code", "review", "");
    assertNotLinked("not to its name", "review", "");
    assertLinked("two of one name, one ruled out", "SHUNDA-2", "name");
    assertNotLinked("two decisions of one day", "review", "");
  }

  @Test
  void aDecisionOnAnEarlierVersionHoldsForTheRecord() {
    assertThat(decided.get("by an officer").<String>getAs("record_id")).endsWith("v2");
    assertLinked("by an officer", "HAITIAN", "human");
    assertNotLinked("not to its name", "review", "");
  }

  @Test
  void aLaterDecisionSupersedesAnEarlierOne() {
    assertLinked("by an officer", "HAITIAN", "human");
    assertNotLinked("by an officer, taken back", "unmatched", "");
    assertLinked("ruled out, then linked", "HAITIAN", "human");
    assertLinked("linked, then to another", "HAITIAN", "human");
  }
}

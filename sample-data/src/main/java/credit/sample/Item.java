package credit.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One of the 30 reform items. Figures and names are invented; batches and days are the plan's. */
record Item(
    String code,
    String name,
    int batch,
    String reform,
    boolean complex,
    String domain,
    int statutoryDays,
    int baselineDays,
    int baselineFields,
    int baselineMaterials,
    List<String> excludedModes) {

  static final String NOTIFY = "告知承诺";
  static final String TOLERANT = "容缺受理";
  static final String LICENCE_FIRST = "先证后核";

  private static final LocalDate[] GO_LIVE = {
    LocalDate.of(2021, 9, 30), LocalDate.of(2021, 11, 30), LocalDate.of(2021, 12, 30)
  };
  private static final List<String> NAMES =
      List.of(
          "食品经营许可（餐饮服务）",
          "食品经营许可（食品销售）",
          "公共场所卫生许可",
          "仅销售预包装食品备案",
          "户外招牌设置备案",
          "酒类零售备案",
          "药品零售企业许可",
          "医疗器械经营备案（第二类）",
          "旅馆业特种行业许可",
          "公众聚集场所消防安全检查",
          "小餐饮登记",
          "出版物零售经营备案",
          "城镇污水排入排水管网许可",
          "美容美发场所备案",
          "劳务派遣经营许可",
          "人力资源服务备案",
          "电影放映经营许可",
          "娱乐场所经营许可",
          "健身场所备案",
          "机动车维修经营备案",
          "道路货物运输经营许可",
          "食品生产许可",
          "食品小作坊登记",
          "特种设备使用登记",
          "营利性民办培训机构办学许可",
          "诊所备案",
          "动物诊疗许可",
          "种子经营备案",
          "危险化学品经营许可",
          "家政服务机构备案");

  /**
   * Whoever applies, these may not be handled by promise: health, life and property are at stake.
   */
  private static final Set<Integer> EXCLUDED = Set.of(6, 9, 24, 28);

  static List<Item> catalogue(long seed) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      Draw draw = Draw.of(seed, "item", i);
      boolean complex = draw.chance(0.4);
      int statutory = complex ? draw.between(20, 40) : draw.between(5, 20);
      String reform =
          NAMES.get(i).contains("备案")
              ? "审批改为备案"
              : EXCLUDED.contains(i) ? "优化审批服务" : draw.chance(0.6) ? "实行告知承诺" : "优化审批服务";
      items.add(
          new Item(
              String.format(Locale.ROOT, "YZTX-%02d", i + 1),
              NAMES.get(i),
              i < 5 ? 1 : i < 17 ? 2 : 3,
              reform,
              complex,
              i < 12 || i == 21 || i == 22 ? "food" : "other",
              statutory,
              statutory - draw.between(0, statutory / 3),
              draw.between(24, 90),
              draw.between(4, 14),
              EXCLUDED.contains(i) ? List.of(NOTIFY, TOLERANT, LICENCE_FIRST) : List.of()));
    }
    return List.copyOf(items);
  }

  LocalDate goLive() {
    return GO_LIVE[batch - 1];
  }

  int promisedDays() {
    return complex ? Math.max(1, baselineDays / 2) : 1;
  }

  boolean allows(String mode) {
    return !excludedModes.contains(mode);
  }

  Row row() {
    return Row.of("items", null, code)
        .put("item", code)
        .put("item_name", name)
        .put("batch", batch)
        .put("go_live", goLive())
        .put("reform_kind", reform)
        .put("complexity", complex ? "复杂" : "简单")
        .put("level", batch == 3 ? "市级" : "区级")
        .put("authority", "珠海市市场监督管理局")
        .put("business_type", domain.equals("food") ? "餐饮零售" : "居民服务")
        .put("statutory_days", statutoryDays)
        .put("promised_days", promisedDays())
        .put("baseline_fields", baselineFields)
        .put("baseline_materials", baselineMaterials)
        .put("baseline_days", baselineDays)
        .put("baseline_document", "改革前办事指南（2021年8月版）" + code)
        .put("excluded_modes", String.join(";", excludedModes))
        .put("excluded_basis", excludedModes.isEmpty() ? "" : "国办发〔2020〕42号：直接涉及公共安全和人民生命健康的事项")
        .put(
            "new_applicant_modes",
            excludedModes.isEmpty() ? complex ? TOLERANT : NOTIFY + ";" + TOLERANT : "")
        .put("full_coverage", domain.equals("food") || !excludedModes.isEmpty());
  }
}

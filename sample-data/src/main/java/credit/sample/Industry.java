package credit.sample;

import java.util.List;

/** Industries of the city, by division of GB/T 4754-2017, with the trade words of their names. */
enum Industry {
  RETAIL("F52", 22, 0.1, "food", "便利店 百货商行 食品商行 服装店 水果店 文具店"),
  CATERING("H62", 20, 0.5, "food", "茶餐厅 面馆 小吃店 餐厅 饮品店 餐饮管理"),
  LODGING("H61", 5, 0.3, "hygiene", "酒店 民宿 公寓 酒店管理"),
  RESIDENT("O80", 8, 0.2, "hygiene", "美容美发 家政服务 洗衣店 沐足"),
  REPAIR("O81", 5, 0.1, "consumer", "汽车维修 电器维修 手机维修"),
  WHOLESALE("F51", 9, -0.2, "product_quality", "贸易 商贸 供应链 建材"),
  SOFTWARE("I65", 6, -0.7, "registration", "软件科技 网络科技 信息技术"),
  ELECTRONICS("C39", 4, -0.3, "product_quality", "电子 电子科技 光电"),
  FOOD_MAKING("C14", 3, 0.4, "food", "食品 烘焙食品 调味品"),
  DECORATION("E50", 4, 0.0, "fire", "装饰工程 建筑装饰"),
  BUSINESS("L72", 5, -0.5, "advertising", "商务咨询 企业管理 广告传媒 会展服务"),
  PROPERTY("K70", 3, 0.1, "price", "物业管理 房地产代理"),
  FITNESS("R89", 2, 0.4, "consumer", "健身服务 体育文化"),
  TRAINING("P83", 2, 0.3, "consumer", "教育咨询 文化培训"),
  TRANSPORT("G54", 2, 0.0, "registration", "物流 运输"),
  FARMING("A01", 0, -0.2, "food", "种植 果蔬 花卉");

  final String code;
  final int weight;

  /** What the industry adds to the log-odds of a breach. */
  final double breachProne;

  final String domain;
  private final String words;

  Industry(String code, int weight, double breachProne, String domain, String words) {
    this.code = code;
    this.weight = weight;
    this.breachProne = breachProne;
    this.domain = domain;
    this.words = words;
  }

  /** Trade words of names in this industry. */
  List<String> words() {
    return List.of(words.split(" ", -1));
  }

  /** Fields of public safety or health, inspected more often. */
  boolean fullCoverage() {
    return domain.equals("food") || domain.equals("hygiene") || domain.equals("fire");
  }

  static Industry draw(Draw draw) {
    int sum = 0;
    for (Industry industry : values()) {
      sum += industry.weight;
    }
    int at = draw.below(sum);
    for (Industry industry : values()) {
      at -= industry.weight;
      if (at < 0) {
        return industry;
      }
    }
    return RETAIL;
  }
}

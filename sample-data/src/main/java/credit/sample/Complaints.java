package credit.sample;

import java.util.List;

/** What complainants write, with the personal data that ingest must find and black out. */
final class Complaints {
  private static final List<String> DISPUTES =
      List.of("购买的商品有质量问题，商家拒绝退换", "充值的会员卡无法使用，要求退款", "结账金额与标价不符", "服务没有按约定完成", "收到的货物与宣传不一致");
  private static final List<String> TIP_OFFS =
      List.of("该店使用过期原料", "该店无证经营", "该店后厨卫生很差", "该公司广告夸大效果", "该店销售来源不明的产品");

  private Complaints() {}

  static String text(Draw draw, boolean tipOff) {
    String text = draw.pick(tipOff ? TIP_OFFS : DISPUTES);
    if (tipOff && draw.chance(0.3)) {
      text = "举报人" + Persons.informant(draw) + "反映：" + text;
    }
    if (draw.chance(0.25)) {
      text += "，请回电" + Persons.phone(draw);
    }
    if (draw.chance(0.05)) {
      text += "，身份证号" + Persons.idNumber(draw);
    }
    return text + "。";
  }
}

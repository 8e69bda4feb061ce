package credit.sample;

import java.time.LocalDate;
import java.util.List;

/**
 * An invented entity.
 *
 * @param index place in the city
 * @param kind enterprise, individual, cooperative or branch
 * @param names names, oldest first; the last has no end
 * @param parent the head firm of a branch, else null
 * @param closedOn day of deregistration or revocation, or null
 * @param revoked whether it was closed by revocation
 */
record Firm(
    int index,
    String code,
    Kind kind,
    List<Name> names,
    String trade,
    String district,
    String area,
    Industry industry,
    LocalDate established,
    LocalDate closedOn,
    boolean revoked,
    String address,
    Firm parent,
    String representative,
    String representativeId,
    String phone,
    String registrationNo,
    int employees,
    int capitalWan) {

  enum Kind {
    ENTERPRISE("企业"),
    INDIVIDUAL("个体工商户"),
    COOPERATIVE("农民专业合作社"),
    BRANCH("分支机构");

    final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** A name and the first day on which it no longer held; null: it still holds. */
  record Name(String text, LocalDate until) {}

  String nameOn(LocalDate day) {
    for (Name name : names) {
      if (name.until() == null || day.isBefore(name.until())) {
        return name.text();
      }
    }
    throw new IllegalStateException("the last name of " + code + " has an end");
  }

  boolean openOn(LocalDate day) {
    return !day.isBefore(established) && (closedOn == null || day.isBefore(closedOn));
  }

  boolean individual() {
    return kind == Kind.INDIVIDUAL;
  }
}

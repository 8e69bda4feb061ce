package credit.jobs.plan;

import java.util.EnumMap;
import java.util.Map;

/** How many firms of each cause are inspected. */
final class Capacity {
  private Capacity() {}

  /**
   * Shares out a capacity. Due duties are never cut; leads take what they need of the rest; what
   * then remains is shared, and what one cause does not use falls to the next ones in order.
   *
   * @param candidates firms by cause
   * @param capacity inspections of the period
   * @param shares share by cause of what duties and leads leave; together at most 1
   */
  static Map<Cause, Long> limits(
      Map<Cause, Long> candidates, long capacity, Map<Cause, Double> shares) {
    Map<Cause, Long> limits = new EnumMap<>(Cause.class);
    long due = candidates.getOrDefault(Cause.DUE_PROMISE, 0L);
    limits.put(Cause.DUE_PROMISE, due);
    long left = Math.max(0, capacity - due);
    long leads = Math.min(left, candidates.getOrDefault(Cause.LEAD, 0L));
    limits.put(Cause.LEAD, leads);
    left -= leads;
    long unused = left;
    for (Map.Entry<Cause, Double> share : shares.entrySet()) {
      long wanted = (long) Math.floor(share.getValue() * left);
      long given = Math.min(wanted, candidates.getOrDefault(share.getKey(), 0L));
      limits.put(share.getKey(), given);
      unused -= given;
    }
    for (Cause cause : shares.keySet()) {
      long given = limits.get(cause);
      long more = Math.min(unused, candidates.getOrDefault(cause, 0L) - given);
      limits.put(cause, given + more);
      unused -= more;
    }
    return limits;
  }
}

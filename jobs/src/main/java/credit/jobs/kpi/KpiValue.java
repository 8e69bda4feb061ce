package credit.jobs.kpi;

/**
 * One row of {@code kpi_values}.
 *
 * @param kpi indicator
 * @param period period
 * @param dimension dimension; {@code city} for the whole
 * @param member member of the dimension
 * @param numerator numerator; null where the mix is held
 * @param denominator denominator; null where there is none
 * @param value quotient, or the numerator where there is no denominator; null where that is 0
 * @param n rows behind it
 * @param unit unit of the value
 * @param version hash of the definition
 */
record KpiValue(
    String kpi,
    String period,
    String dimension,
    String member,
    Double numerator,
    Double denominator,
    Double value,
    long n,
    String unit,
    String version) {}

package credit.jobs.publish;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A penalty that the public may see on a day, as the stage {@code list} wrote it.
 *
 * @param amount yuan; null: nobody stated it
 * @param until day from which it is not shown
 */
record PublicPenalty(
    String idScheme,
    String code,
    String name,
    String actNo,
    String authority,
    LocalDate actDate,
    List<String> categories,
    BigDecimal amount,
    String band,
    String basis,
    LocalDate from,
    LocalDate until) {}

package io.kontor.api.privacy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a store uses its customers' data for beyond what it must. A customer may agree to each or not.
 *
 * <table>
 * <caption>What needs consent, and why</caption>
 * <tr><th>use</th><th>purpose</th><th>reason</th></tr>
 * <tr><td>recommendations: training and answers</td><td>{@link #PERSONALISATION}</td><td>profiles a person and is not needed to fulfil
 * an order (GDPR, articles 6(1)(a), 21 and 22)</td></tr>
 * <tr><td>forecasts, elasticities and reads of plugins' own</td><td>{@link #ANALYTICS}</td><td>sales are counted in any case, as they
 * are the shop's own figures; who bought is left out unless the customer agreed (articles 5(1)(c) and 89)</td></tr>
 * <tr><td>messages that a plugin sends</td><td>{@link #MARKETING}</td><td>direct marketing (article 21(2); directive 2002/58, article
 * 13)</td></tr>
 * <tr><td>fraud and credit risk</td><td>none</td><td>preventing fraud is a legitimate interest (recital 47), judging credit a
 * duty; consent would let those out who are looked for</td></tr>
 * <tr><td>orders, returns, stock, export, erasure</td><td>none</td><td>contract and law (articles 6(1)(b) and (c))</td></tr>
 * </table>
 */
public enum Purpose {
    /** Recommendations made for one person. */
    PERSONALISATION,
    /** Models and figures that tell persons apart, but answer for no one of them. */
    ANALYTICS,
    /** Messages to the person. */
    MARKETING;

    /**
     * The name in files and requests.
     *
     * @return the lower-case name, for example {@code personalisation}
     */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The purpose of a name in files and requests.
     *
     * @param path for example {@code marketing}
     * @return the purpose, or empty when there is none of that name
     */
    public static Optional<Purpose> of(String path) {
        return Arrays.stream(values()).filter(purpose -> purpose.path().equals(path)).findFirst();
    }
}

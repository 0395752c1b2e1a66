package io.kontor.platform.decisions.internal;

import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRule.Action;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.RuleQuantity.Age;
import io.kontor.api.risk.RuleQuantity.Aggregate;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.RuleQuantity.Windowed;
import io.kontor.api.risk.SharedKey;
import java.time.Duration;
import java.util.List;
import java.util.ResourceBundle;

/**
 * Rules that need no knowledge of a shop's prices: the tests of stolen card numbers, the sharing of devices and cards, and countries that do
 * not agree.
 */
final class StarterRules {

    private static final RuleCondition OTHER_COUNTRY =
            new RuleCondition(new Field("country"), RuleOperator.NE, List.of(), new Field("billingCountry"));

    private final ResourceBundle words;

    StarterRules(ResourceBundle words) {
        this.words = words;
    }

    List<RiskRule> all() {
        return List.of(
                rule("card-burst", Action.DECLINE, 1, atLeast(8, count(SharedKey.CARD, Duration.ofMinutes(10)))),
                rule("card-velocity", Action.REVIEW, 0.5, atLeast(4, count(SharedKey.CARD, Duration.ofHours(1)))),
                rule("country-mismatch", Action.SCORE, 0.2, OTHER_COUNTRY),
                rule("device-many-cards", Action.REVIEW, 0.6, atLeast(3, distinct("cardHash", SharedKey.DEVICE, Duration.ofDays(7)))),
                rule("device-many-customers", Action.REVIEW, 0.4, atLeast(4, distinct("customerId", SharedKey.DEVICE, Duration.ofDays(1)))),
                rule("email-many-cards", Action.REVIEW, 0.5, atLeast(3, distinct("cardHash", SharedKey.EMAIL, Duration.ofDays(7)))),
                rule("ip-velocity", Action.REVIEW, 0.4, atLeast(10, count(SharedKey.IP, Duration.ofHours(1)))),
                rule("new-customer-abroad", Action.SCORE, 0.2, OTHER_COUNTRY,
                        new RuleCondition(new Age(SharedKey.CUSTOMER), RuleOperator.LT, List.of(24.0), null)));
    }

    private RiskRule rule(String id, Action action, double weight, RuleCondition... conditions) {
        return new RiskRule(id, words.getString("starter." + id), words.getString("starter." + id + ".description"), List.of(conditions), action,
                weight, true);
    }

    private static RuleCondition atLeast(double limit, RuleQuantity quantity) {
        return new RuleCondition(quantity, RuleOperator.GE, List.of(limit), null);
    }

    private static RuleQuantity count(SharedKey by, Duration window) {
        return new Windowed(Aggregate.COUNT, null, by, window);
    }

    private static RuleQuantity distinct(String of, SharedKey by, Duration window) {
        return new Windowed(Aggregate.DISTINCT, new Field(of), by, window);
    }
}

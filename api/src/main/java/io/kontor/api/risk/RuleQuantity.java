package io.kontor.api.risk;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a condition of a rule looks at, typed and checked. Immutable. */
public sealed interface RuleQuantity permits RuleQuantity.Field, RuleQuantity.Windowed, RuleQuantity.Age {

    /**
     * What it is for a transaction.
     *
     * @param request the transaction and what came before it
     * @return a {@link Double} or a {@link String}, or empty when the shop did not give what it needs
     */
    Optional<Object> of(RiskRequest request);

    /**
     * A field of the transaction.
     *
     * @param name the name in the import files: one of {@link #NAMES} or {@code attr.NAME}
     */
    record Field(String name) implements RuleQuantity {

        /** The one field that holds a number. */
        public static final String AMOUNT = "amount";
        /** What stands before the name of an attribute. */
        public static final String ATTRIBUTE = "attr.";
        /** The fields but attributes. */
        public static final List<String> NAMES = List.of(AMOUNT, "id", "orderId", "customerId", "currency", "method", "country",
                "billingCountry", "ip", "device", "emailHash", "cardHash");

        /** Checks the name. */
        public Field {
            if (!NAMES.contains(name) && !attribute(name)) {
                throw new IllegalArgumentException("a transaction has no field " + name);
            }
        }

        /**
         * Whether a name is one of attributes.
         *
         * @param name the name
         * @return whether it begins as attributes do
         */
        public static boolean attribute(String name) {
            return name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length();
        }

        /**
         * What it is for a transaction.
         *
         * @param transaction the transaction
         * @return a {@link Double} or a {@link String}, or empty when the shop did not give it
         */
        public Optional<Object> in(Transaction transaction) {
            if (attribute(name)) {
                return Optional.ofNullable(transaction.attributes().get(name.substring(ATTRIBUTE.length())));
            }
            return switch (name) {
                case AMOUNT -> Optional.of(transaction.amount());
                case "id" -> text(transaction.id());
                case "orderId" -> text(transaction.orderId());
                case "customerId" -> text(transaction.customerId());
                case "currency" -> text(transaction.currency());
                case "method" -> text(transaction.method());
                case "country" -> text(transaction.country());
                case "billingCountry" -> text(transaction.billingCountry());
                case "ip" -> text(transaction.ip());
                case "device" -> text(transaction.device());
                case "emailHash" -> text(transaction.emailHash());
                default -> text(transaction.cardHash());
            };
        }

        private static Optional<Object> text(String value) {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        @Override
        public Optional<Object> of(RiskRequest request) {
            return in(request.transaction());
        }
    }

    /** How the transactions of a window become one number. */
    enum Aggregate {
        /** How many they are. */
        COUNT,
        /** The sum of a number. */
        SUM,
        /** How many different values a field has. */
        DISTINCT
    }

    /**
     * A number over the transactions that have a key in common with this one, this one included.
     *
     * @param aggregate how they become one number
     * @param of what is summed or told apart; null for a count
     * @param by the key in common
     * @param window how long before this transaction the others may be; positive, at most {@link RecentTransactions#WINDOW}
     */
    record Windowed(Aggregate aggregate, Field of, SharedKey by, Duration window) implements RuleQuantity {

        /** Checks that the parts go together. */
        public Windowed {
            Objects.requireNonNull(by, "by");
            if ((of == null) != (aggregate == Aggregate.COUNT)) {
                throw new IllegalArgumentException("a count has no field, everything else has one");
            }
            if (window.isNegative() || window.isZero() || window.compareTo(RecentTransactions.WINDOW) > 0) {
                throw new IllegalArgumentException("window must be positive and at most " + RecentTransactions.WINDOW.toDays() + " days");
            }
        }

        @Override
        public Optional<Object> of(RiskRequest request) {
            Transaction now = request.transaction();
            String key = by.in(now);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            Tally tally = new Tally(this);
            tally.add(now);
            long begin = now.time().minus(window).toEpochMilli();
            for (Transaction earlier : request.previous()) {
                if (earlier.time().toEpochMilli() < begin) {
                    break;
                }
                if (key.equals(by.in(earlier))) {
                    tally.add(earlier);
                }
            }
            return Optional.of(tally.result());
        }

        /** The number as far as the transactions have been gone through. */
        private static final class Tally {

            private final Windowed what;
            private final Set<Object> values = new HashSet<>();
            private double number;

            Tally(Windowed what) {
                this.what = what;
            }

            void add(Transaction transaction) {
                switch (what.aggregate) {
                    case COUNT -> number++;
                    case SUM -> what.of.in(transaction).ifPresent(value -> number += value instanceof Double addend ? addend : 0);
                    case DISTINCT -> what.of.in(transaction).ifPresent(values::add);
                    default -> throw new IllegalStateException(what.aggregate.name());
                }
            }

            double result() {
                return what.aggregate == Aggregate.DISTINCT ? values.size() : number;
            }
        }
    }

    /**
     * How many hours ago the first known transaction with a key in common was; 0 when this one is the first. What is longer ago than
     * {@link RecentTransactions#WINDOW} is not known any more.
     *
     * @param by the key in common
     */
    record Age(SharedKey by) implements RuleQuantity {

        private static final double HOUR_MILLIS = 3_600_000;

        /** Checks that the key is not null. */
        public Age {
            Objects.requireNonNull(by, "by");
        }

        @Override
        public Optional<Object> of(RiskRequest request) {
            Transaction now = request.transaction();
            String key = by.in(now);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            long first = now.time().toEpochMilli();
            for (Transaction earlier : request.previous()) {
                if (key.equals(by.in(earlier))) {
                    first = earlier.time().toEpochMilli();
                }
            }
            return Optional.of((now.time().toEpochMilli() - first) / HOUR_MILLIS);
        }
    }
}

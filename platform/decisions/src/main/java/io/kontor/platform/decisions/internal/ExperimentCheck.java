package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with an experiment. */
final class ExperimentCheck {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_EXPERIMENTS = 500;
    private static final int MOST_VARIANTS = 10;
    private static final int MOST_DAYS = 365;
    private static final int MOST_UNITS = 10_000_000;
    private static final double MOST_SHARE = 1e6;

    private final Placements placements;
    private final String store;
    private final List<Experiment> others;
    private final List<FormRefusedException.Fault> faults = new ArrayList<>();

    ExperimentCheck(Placements placements, String store, List<Experiment> others) {
        this.placements = placements;
        this.store = store;
        this.others = others;
    }

    static FormRefusedException refusal(String field, String message) {
        return new FormRefusedException(List.of(new FormRefusedException.Fault(field, message)));
    }

    void check(Experiment wanted, Optional<Experiment> before) throws FormRefusedException {
        if (wanted.id() == null || !ID.matcher(wanted.id()).matches()) {
            fault("id", "must have 1 to 63 lower-case letters, digits and hyphens, and begin with a letter or digit");
        }
        title("title", wanted.title());
        if (wanted.minDays() < 0 || wanted.minDays() > MOST_DAYS) {
            fault("minDays", "must be a number of days from 0 to " + MOST_DAYS);
        }
        if (wanted.minUnits() < 1 || wanted.minUnits() > MOST_UNITS) {
            fault("minUnits", "must be a number of customers from 1 to " + MOST_UNITS);
        }
        Optional<Placement> placement = wanted.placement() == null ? Optional.empty() : placements.find(store, wanted.placement());
        if (placement.isEmpty()) {
            fault("placement", "is none of the store's placements");
        }
        variants(wanted, placement);
        if (before.isEmpty()) {
            begin(wanted);
        } else if (!before.get().placement().equals(wanted.placement()) || !same(before.get().variants(), wanted.variants())) {
            fault("variants", "cannot be changed, nor can the placement, as what was counted would no longer be about them; "
                    + "begin another experiment");
        }
        if (!faults.isEmpty()) {
            throw new FormRefusedException(faults);
        }
    }

    private void begin(Experiment wanted) {
        if (others.size() >= MOST_EXPERIMENTS) {
            fault("id", "would be one experiment more than the " + MOST_EXPERIMENTS + " that a store may have");
        }
        others.stream().filter(other -> other.running() && other.placement().equals(wanted.placement())).findFirst().ifPresent(other ->
                fault("placement", "has an experiment already, " + other.id() + ", which must end first"));
    }

    private static boolean same(List<Experiment.Variant> one, List<Experiment.Variant> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            Experiment.Variant a = one.get(i);
            Experiment.Variant b = other.get(i);
            if (b == null || !a.id().equals(b.id()) || !a.share().equals(b.share()) || !Objects.equals(a.definition(), b.definition())) {
                return false;
            }
        }
        return true;
    }

    private void variants(Experiment wanted, Optional<Placement> placement) {
        if (wanted.variants().size() < 2 || wanted.variants().size() > MOST_VARIANTS) {
            fault("variants", "must have 2 to " + MOST_VARIANTS + " variants");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < wanted.variants().size(); i++) {
            Experiment.Variant variant = wanted.variants().get(i);
            String path = "variants[" + i + "].";
            if (variant == null) {
                fault("variants[" + i + "]", "must be an object");
                continue;
            }
            if (variant.id() == null || !ID.matcher(variant.id()).matches() || !ids.add(variant.id())) {
                fault(path + "id", "must be another one for each variant, of lower-case letters, digits and hyphens");
            }
            title(path + "title", variant.title());
            if (!(variant.share() > 0 && variant.share() <= MOST_SHARE)) {
                fault(path + "share", "must be above 0");
            }
            if (variant.definition() != null && placement.isPresent()) {
                definition(path + "definition.", variant.definition().asIn(placement.get()));
            }
        }
    }

    private void definition(String path, Placement definition) {
        try {
            placements.check(definition);
        } catch (FormRefusedException e) {
            e.faults().forEach(fault -> fault(path + fault.field(), fault.message()));
        }
    }

    private void title(String field, String title) {
        if (title != null && (title.length() > LONGEST_TITLE || title.indexOf('\0') >= 0)) {
            fault(field, "must have at most " + LONGEST_TITLE + " characters");
        }
    }

    private void fault(String field, String message) {
        faults.add(new FormRefusedException.Fault(field, message));
    }
}

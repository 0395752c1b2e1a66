package io.kontor.platform.admin.internal.proposals;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.platform.admin.internal.pictures.ForecastPicture;
import io.kontor.platform.admin.internal.pictures.LeadTimes;
import io.kontor.platform.admin.internal.pictures.PricePicture;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.decisions.Proposals.Kept;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;

/** The pictures beside a proposal: the demand curve of a price, the forecast with the lead time of an order. */
final class ProposalPictures {

    private static final int LEAST_DAYS = 28;
    private static final int MOST_DAYS = 180;
    private static final List<Double> QUANTILES = List.of(0.1, 0.9);

    private final PriceDesk prices;
    private final ForecastDesk forecasts;
    private final LeadTimes leadTimes;

    /** Pictures, or why there are none. */
    record Drawn(List<Chart> charts, String why) {
    }

    ProposalPictures(PriceDesk prices, ForecastDesk forecasts, LeadTimes leadTimes) {
        this.prices = prices;
        this.forecasts = forecasts;
        this.leadTimes = leadTimes;
    }

    Drawn of(Visit visit, Kept kept, String title) {
        try {
            return switch (kept.proposal().kind()) {
                case ProposalWords.PRICE -> price(visit, kept, title);
                case ProposalWords.ORDER -> order(visit, kept, title);
                default -> new Drawn(List.of(), "");
            };
        } catch (KontorException | NoSuchElementException e) {
            return new Drawn(List.of(), visit.said(e.getMessage()));
        }
    }

    private Drawn price(Visit visit, Kept kept, String title) {
        double proposed = kept.proposal().change().get(ProposalWords.PRICE) instanceof Number price ? price.doubleValue() : Double.NaN;
        List<Chart> charts = PricePicture.of(visit, title, prices.curve(visit.store().id(), kept.proposal().subject()).value(), proposed);
        return new Drawn(charts, charts.isEmpty() ? visit.text("proposals.no-curve") : "");
    }

    private Drawn order(Visit visit, Kept kept, String title) {
        String supplier = kept.proposal().change().get("supplier") instanceof String name ? name : "";
        OptionalDouble lead = leadTimes.days(visit.store().id(), kept.proposal().subject(), supplier);
        int days = (int) Math.min(MOST_DAYS, Math.max(LEAST_DAYS, Math.ceil(lead.orElse(0) * 2)));
        ForecastDesk.Dated dated = forecasts.forecast(visit.store().id(), new ForecastDesk.Question(kept.proposal().subject(), kept.place(),
                Step.DAY, days, QUANTILES, Optional.empty())).value();
        DemandSeries history = dated.history();
        LocalDate begin = dated.begin();
        List<Chart.Mark> marks = lead.isEmpty() ? List.of() : List.of(new Chart.Mark(Chart.day(begin.plusDays((long) Math.ceil(
                lead.getAsDouble()))), visit.text("pictures.delivery", visit.format().number(lead.getAsDouble(), 1))));
        return new Drawn(List.of(ForecastPicture.of(visit, visit.text("pictures.demand", title), history, new ForecastPicture.Expected(begin,
                Step.DAY, dated.forecast().mean(), dated.quantiles(), dated.forecast().quantiles()), marks)), "");
    }
}

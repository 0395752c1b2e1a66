package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.security.Role;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a model learned from, column by column; a part of its card. */
@Component(service = Pages.class)
public final class ProfilePages implements Pages {

    private final ModelRegistry registry;
    private final ModelChecks checks;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param registry the models
     * @param checks their profiles
     * @param names names plugins
     */
    @Activate
    public ProfilePages(@Reference ModelRegistry registry, @Reference ModelChecks checks, @Reference Names names) {
        this.registry = registry;
        this.checks = checks;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/models/{model}/profile", Role.VIEWER, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of();
    }

    private Answer show(Visit visit) {
        String store = visit.store().id();
        ModelVersion model = registry.find(store, visit.path("model")).orElseThrow(() -> Refusal.missing(visit));
        ReferenceProfile profile = checks.profile(store, model.id()).orElse(new ReferenceProfile(List.of(), null));
        String title = visit.text("monitoring.profile.of", names.plugin(visit, model.provenance().plugin()),
                visit.text("models.nth", Integer.toString(model.number())));
        return Answer.html("monitoring/profile", new ProfileView(title, visit.storeUrl("models", model.id()),
                profile.sources().stream().map(source -> source(visit, source)).toList(), profile.predictions() == null ? null
                        : DriftPictures.alone(visit, FindingWords.what(visit, Kind.PREDICTION, "predictions"), profile.predictions())));
    }

    private static ProfileView.Source source(Visit visit, ReferenceProfile.Source source) {
        String span = source.from() == null ? visit.text("monitoring.figure.rows", visit.format().number(source.rows()))
                : visit.text("monitoring.profile.span", visit.format().number(source.rows()), visit.format().time(source.from()),
                        visit.format().time(source.to()));
        return new ProfileView.Source(FindingWords.source(visit, source.name()), span, source.columns().stream()
                .filter(column -> column.missing() < 1).map(column -> DriftPictures.alone(visit, column.column(), column)).toList());
    }
}

package io.kontor.platform.admin.internal.records;

import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.data.DataQuality;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.security.Role;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What records a store has, what is wrong with them, and what is still missing. */
@Component(service = Pages.class)
public final class RecordPages implements Pages {

    private final DataAccess data;
    private final DataQuality quality;
    private final PluginCatalogue catalogue;

    /**
     * Made by Declarative Services.
     *
     * @param data the records
     * @param quality what looks wrong with them
     * @param catalogue tells which families have plugins
     */
    @Activate
    public RecordPages(@Reference DataAccess data, @Reference DataQuality quality, @Reference PluginCatalogue catalogue) {
        this.data = data;
        this.quality = quality;
        this.catalogue = catalogue;
    }

    /**
     * The records of a store.
     *
     * @param extents how much there is of each kind
     * @param looked when they were looked through, in words; empty when they were not yet
     * @param job the job that looks through them now; empty when none does
     * @param findings what looks wrong, the severest first
     * @param needs what the families' plugins work with, by family
     */
    public record StoreRecords(List<Extent> extents, String looked, String job, List<Finding> findings, Map<String, List<Need>> needs) {

        /** Whether there is nothing at all. */
        public boolean fresh() {
            return extents.stream().allMatch(extent -> extent.rows() == 0 && extent.quarantined() == 0);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/data", Role.VIEWER, this::records),
                Route.post("/stores/{store}/data/quality", Role.ANALYST, this::look));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        if (visit.store() == null) {
            return List.of();
        }
        String store = "/stores/" + visit.store().id();
        return List.of(new NavEntry(NavEntry.Group.LEARNING, 10, visit.text("records.title"), store + "/data", "data", Role.VIEWER));
    }

    private Answer records(Visit visit) {
        String store = visit.store().id();
        List<Extent> extents = data.extents(store);
        Set<String> families = catalogue.plugins(visit.locale()).stream().map(PluginDescriptor::family).collect(Collectors.toSet());
        Map<String, List<Need>> needs = Need.of(families::contains, byEntity(extents)).stream()
                .collect(Collectors.groupingBy(Need::family, LinkedHashMap::new, Collectors.toList()));
        DataQuality.Report report = quality.report(store);
        return Answer.html("records/records", new StoreRecords(extents, report.computed() == null ? ""
                : visit.text(report.current() ? "records.looked" : "records.looked-before", visit.format().time(report.computed())),
                report.job() == null ? "" : report.job(), report.findings().stream().map(found -> Finding.of(visit, found)).toList(), needs));
    }

    private Answer look(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/jobs/" + quality.start(visit.store().id(), visit.starter()));
    }

    private static Map<Entity, Extent> byEntity(List<Extent> extents) {
        Map<Entity, Extent> byEntity = new EnumMap<>(Entity.class);
        extents.forEach(extent -> byEntity.put(extent.entity(), extent));
        return byEntity;
    }
}

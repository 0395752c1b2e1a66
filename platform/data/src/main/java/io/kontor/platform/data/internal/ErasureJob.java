package io.kontor.platform.data.internal;

import static io.kontor.platform.data.internal.PersonalRecords.column;
import static io.kontor.platform.data.internal.PersonalRecords.execute;
import static io.kontor.platform.data.internal.PersonalRecords.find;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.privacy.Person;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Erases a person's records. Apart from {@link PersonalRecords}, because what submits jobs and what jobs call may not need each other. */
@Component(property = JobHandler.TYPE + "=" + Customers.ERASE_JOB)
public final class ErasureJob implements JobHandler {

    private final Database database;
    private final Memory memory;
    private final Intake intake;
    private final List<PersonalData> others;
    private final PersonHandlers plugins;
    private final KeyedPseudonyms pseudonyms;
    private final OpenErasures open;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param memory forgets the person too
     * @param intake has the latest transactions
     * @param others what else is about persons
     * @param plugins what plugins keep of persons
     * @param pseudonyms what plugins call the customers
     */
    @Activate
    public ErasureJob(@Reference Database database, @Reference Memory memory, @Reference Intake intake,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<PersonalData> others, @Reference PersonHandlers plugins,
            @Reference KeyedPseudonyms pseudonyms) {
        this.plugins = plugins;
        this.pseudonyms = pseudonyms;
        this.open = new OpenErasures(database);
        this.database = database;
        this.memory = memory;
        this.intake = intake;
        this.others = others;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        String store = request.store();
        String id = (String) request.parameters().get("erasure");
        Optional<PersonalRecords.Erasure> erasure = database.jdbc(connection -> find(connection, "store = ? and id = ?", store, id));
        Map<String, Object> erased = new LinkedHashMap<>();
        if (erasure.isEmpty()) {
            return erased;
        }
        String customer = erasure.get().customer();
        intake.settle();
        database.jdbc(connection -> {
            for (Entity entity : Entity.values()) {
                Records records = Records.of(entity);
                int aside = execute(connection, "delete from quarantine where store = ? and entity = ? and customer_id = ?", store,
                        entity.path(), customer);
                int rows = records.customer() < 0 ? 0 : execute(connection,
                        "delete from " + records.table() + " where store = ? and " + column(records) + " = ?", store, customer);
                if (rows + aside > 0) {
                    Extents.recount(connection, store, entity);
                    erased.put(entity.path(), rows + aside);
                }
            }
            for (PersonalData other : others) {
                int rows = other.erase(connection, store, customer);
                if (rows > 0) {
                    erased.put(other.name(), rows);
                }
            }
            return null;
        });
        // Behind the commit, so that who reads on from here has nothing of the person.
        database.jdbc(connection -> {
            AcceptedEvents.forget(connection, store, List.of(pseudonyms.of(store, customer)));
            return null;
        });
        memory.erased(store, customer);
        List<Map<String, Object>> told = eraseFromPlugins(erasure.get());
        pseudonyms.erased(store, customer);
        boolean nothing = erased.isEmpty();
        long waiting = told.stream().filter(plugin -> plugin.get(OpenErasures.STATE).equals(OpenErasures.WAITING)).count();
        if (!told.isEmpty()) {
            erased.put(OpenErasures.PLUGINS, told);
        }
        context.progress(1, waiting > 0 ? "The records are erased; plugins that still have to erase theirs: " + waiting + "."
                : nothing ? "Nothing was known." : "The records are erased.");
        return erased;
    }

    /** The person's id is kept as long as a plugin needs it. */
    private List<Map<String, Object>> eraseFromPlugins(PersonalRecords.Erasure erasure) {
        List<Map<String, Object>> told = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        plugins.erase(erasure.store(), new Person(erasure.customer(), pseudonyms.of(erasure.store(), erasure.customer())))
                .forEach((plugin, said) -> {
                    told.add(OpenErasures.told(plugin, 1, said));
                    if (said.value() == null) {
                        waiting.add(plugin);
                    }
                });
        open.records(erasure.id(), waiting);
        return told;
    }
}

package io.kontor.platform.data.internal;

import static io.kontor.platform.data.internal.PersonalRecords.column;
import static io.kontor.platform.data.internal.PersonalRecords.execute;
import static io.kontor.platform.data.internal.PersonalRecords.find;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
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

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param memory forgets the person too
     * @param intake has the latest transactions
     * @param others what else is about persons
     */
    @Activate
    public ErasureJob(@Reference Database database, @Reference Memory memory, @Reference Intake intake,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<PersonalData> others) {
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
            return execute(connection, "delete from erasure where id = ?", id);
        });
        memory.erased(store, customer);
        context.progress(1, erased.isEmpty() ? "Nothing was known." : "The records are erased.");
        return erased;
    }
}

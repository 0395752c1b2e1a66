package io.kontor.api.ensemble;

import io.kontor.api.model.MemberShare;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model that is made of members. An ensemble's model implements it, so that the platform can keep and show what it is made of. Called once
 * after a training, on the job's thread; must not block.
 */
@ConsumerType
@FunctionalInterface
public interface Blended {

    /**
     * The members with their weights.
     *
     * @return one share for each member and segment, in the order in which they are shown
     */
    List<MemberShare> shares();
}

extension Schema.Version {
    /// Effects on their way, and what we wrote to the shop.
    ///
    /// What has to be found all the time is in indexes that hold nothing else: the effects that are ready, by lane, and
    /// those whose pause or lease ends. `waits_turn` takes one out of the first that was found to stand behind another
    /// of its job; it is set back when that one moves, and at every start.
    static let five = Schema.Version(
        number: 5,
        sql: """
            ALTER TABLE effects RENAME TO effects_before_five;
            CREATE TABLE effects (
              id INTEGER PRIMARY KEY,
              job INTEGER NOT NULL,
              delivery INTEGER NOT NULL REFERENCES deliveries(seq),
              handler TEXT NOT NULL,
              position INTEGER NOT NULL,
              key TEXT NOT NULL UNIQUE,
              kind TEXT NOT NULL,
              lane TEXT NOT NULL,
              effect TEXT NOT NULL,
              planned_at INTEGER NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'done', 'failed', 'unknown', 'dropped')),
              due_at INTEGER CHECK (due_at IS NULL OR state IN ('planned', 'sending')),
              ended_at INTEGER CHECK ((ended_at IS NULL) = (state IN ('planned', 'sending'))),
              reason TEXT,
              lease_token INTEGER,
              lease_epoch INTEGER,
              attempts INTEGER NOT NULL DEFAULT 0,
              may_have_arrived INTEGER NOT NULL DEFAULT 0,
              waits_turn INTEGER NOT NULL DEFAULT 0,
              UNIQUE (job, position)
            );
            CREATE INDEX effects_ready ON effects(lane, id)
              WHERE state = 'planned' AND due_at IS NULL AND waits_turn = 0;
            CREATE INDEX effects_by_due ON effects(due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX effects_by_state ON effects(state);
            CREATE INDEX effects_waiting ON effects(waits_turn) WHERE waits_turn = 1;
            CREATE INDEX effects_by_delivery ON effects(delivery);

            INSERT INTO effects (job, delivery, handler, position, key, kind, lane, effect, planned_at, state)
              SELECT old.job, coalesce(jobs.delivery, outcomes.delivery), coalesce(jobs.handler, outcomes.handler),
                old.position, old.key, json_extract(old.effect, '$.kind'),
                json_extract(old.effect, '$.kind') || coalesce(':' || json_extract(old.effect, '$.destination'), ''),
                old.effect, coalesce(outcomes.finished_at, 0), 'planned'
              FROM effects_before_five AS old
              LEFT JOIN jobs ON jobs.id = old.job
              LEFT JOIN outcomes ON outcomes.job = old.job
              WHERE coalesce(jobs.delivery, outcomes.delivery) IS NOT NULL
              ORDER BY old.job, old.position;
            DROP TABLE effects_before_five;

            CREATE TABLE writes (
              shop TEXT NOT NULL,
              resource TEXT NOT NULL,
              field TEXT NOT NULL,
              digest BLOB NOT NULL,
              at INTEGER NOT NULL,
              PRIMARY KEY (shop, resource, field)
            ) WITHOUT ROWID;
            CREATE INDEX writes_by_time ON writes(at);
            """)
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>AsideMessage</name>
    <message numerus="yes">
        <source>Delivered %n time(s), and each time its consumer ended.</source>
        <translation>
            <numerusform>Delivered %n time, and its consumer ended.</numerusform>
            <numerusform>Delivered %n times, and each time its consumer ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>… and %n more table(s)</source>
        <translation>
            <numerusform>… and %n more table</numerusform>
            <numerusform>… and %n more tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln delete(s) withheld. Allow them with --allow-deletes %2.</source>
        <translation>
            <numerusform>%1: %Ln delete withheld. Allow them with --allow-deletes %2.</numerusform>
            <numerusform>%1: %Ln deletes withheld. Allow them with --allow-deletes %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) changed since the preview; not written.</source>
        <translation>
            <numerusform>%1: %Ln row changed since the preview; not written.</numerusform>
            <numerusform>%1: %Ln rows changed since the preview; not written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) set aside.</source>
        <translation>
            <numerusform>%1: %Ln row set aside.</numerusform>
            <numerusform>%1: %Ln rows set aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) differ.</source>
        <translation>
            <numerusform>%Ln row differs.</numerusform>
            <numerusform>%Ln rows differ.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: --yes waived the guard: %Ln row(s) deleted.</source>
        <translation>
            <numerusform>%1: --yes waived the guard: %Ln row deleted.</numerusform>
            <numerusform>%1: --yes waived the guard: %Ln rows deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln delete(s) withheld: a side is another database than at the last run. Allow them with --allow-deletes %2.</source>
        <translation>
            <numerusform>%1: %Ln delete withheld: a side is another database than at the last run. Allow them with --allow-deletes %2.</numerusform>
            <numerusform>%1: %Ln deletes withheld: a side is another database than at the last run. Allow them with --allow-deletes %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: --yes waived that a side is another database than at the last run: %Ln row(s) deleted.</source>
        <translation>
            <numerusform>%1: --yes waived that a side is another database than at the last run: %Ln row deleted.</numerusform>
            <numerusform>%1: --yes waived that a side is another database than at the last run: %Ln rows deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) are as they were before the run already.</source>
        <translation>
            <numerusform>%1: %Ln row is as it was before the run already.</numerusform>
            <numerusform>%1: %Ln rows are as they were before the run already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) changed since the run; left as they are.</source>
        <translation>
            <numerusform>%1: %Ln row changed since the run; left as it is.</numerusform>
            <numerusform>%1: %Ln rows changed since the run; left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) answered; the next run writes them.</source>
        <translation>
            <numerusform>%Ln conflict answered; the next run writes it.</numerusform>
            <numerusform>%Ln conflicts answered; the next run writes them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) open.</source>
        <translation>
            <numerusform>%Ln conflict open.</numerusform>
            <numerusform>%Ln conflicts open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more column(s) agree.</source>
        <translation>
            <numerusform>%Ln more column agrees.</numerusform>
            <numerusform>%Ln more columns agree.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln conflict(s) open; tidemark-cli conflicts JOB lists them.</source>
        <translation>
            <numerusform>%1: %Ln conflict open; tidemark-cli conflicts JOB lists it.</numerusform>
            <numerusform>%1: %Ln conflicts open; tidemark-cli conflicts JOB lists them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) answered.</source>
        <translation>
            <numerusform>%Ln conflict answered.</numerusform>
            <numerusform>%Ln conflicts answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them settled as answered.</source>
        <translation>
            <numerusform>%Ln of them settled as answered.</numerusform>
            <numerusform>%Ln of them settled as answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them left as they are until a side changes.</source>
        <translation>
            <numerusform>%Ln of them left as it is until a side changes.</numerusform>
            <numerusform>%Ln of them left as they are until a side changes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them not written yet; the next run does.</source>
        <translation>
            <numerusform>%Ln of them not written yet; the next run does.</numerusform>
            <numerusform>%Ln of them not written yet; the next run does.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them changed since they were shown, and are open again:</source>
        <translation>
            <numerusform>%Ln of them changed since it was shown, and is open again:</numerusform>
            <numerusform>%Ln of them changed since they were shown, and are open again:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sides differ again in %Ln row(s) put back; the job&apos;s next run asks about them.</source>
        <translation>
            <numerusform>The sides differ again in %Ln row put back; the job&apos;s next run asks about it.</numerusform>
            <numerusform>The sides differ again in %Ln rows put back; the job&apos;s next run asks about them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sides differ again in %Ln row(s) put back; at the next run the job&apos;s conflict policy decides anew.</source>
        <translation>
            <numerusform>The sides differ again in %Ln row put back; at the next run the job&apos;s conflict policy decides anew.</numerusform>
            <numerusform>The sides differ again in %Ln rows put back; at the next run the job&apos;s conflict policy decides anew.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them refused by a database, and set aside.</source>
        <translation>
            <numerusform>%Ln of them refused by a database, and set aside.</numerusform>
            <numerusform>%Ln of them refused by a database, and set aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The job&apos;s next run asks about %Ln row(s) that changed since.</source>
        <translation>
            <numerusform>The job&apos;s next run asks about %Ln row that changed since.</numerusform>
            <numerusform>The job&apos;s next run asks about %Ln rows that changed since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobTiming</name>
    <message numerus="yes">
        <source>%n run(s) were missed and skipped, the last one at %1.</source>
        <translation>
            <numerusform>%n run was missed and skipped, at %1.</numerusform>
            <numerusform>%n runs were missed and skipped, the last one at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message numerus="yes">
        <source>%Ln row(s) set aside: the target refused them.</source>
        <translation>
            <numerusform>%Ln row set aside: the target refused it.</numerusform>
            <numerusform>%Ln rows set aside: the target refused them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) changed since the preview; not written.</source>
        <translation>
            <numerusform>%Ln row changed since the preview; not written.</numerusform>
            <numerusform>%Ln rows changed since the preview; not written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delete(s) withheld.</source>
        <translation>
            <numerusform>%Ln delete withheld.</numerusform>
            <numerusform>%Ln deletes withheld.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delete(s) withheld: a side is another database than at the last run.</source>
        <translation>
            <numerusform>%Ln delete withheld: a side is another database than at the last run.</numerusform>
            <numerusform>%Ln deletes withheld: a side is another database than at the last run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s): left as they are at both sides.</source>
        <translation>
            <numerusform>%Ln conflict: left as it is at both sides.</numerusform>
            <numerusform>%Ln conflicts: left as they are at both sides.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) set aside: the side that they were to be written to refused them.</source>
        <translation>
            <numerusform>%Ln row set aside: the side that it was to be written to refused it.</numerusform>
            <numerusform>%Ln rows set aside: the side that they were to be written to refused them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%Ln row(s) written.</source>
        <translation>
            <numerusform>%Ln row written.</numerusform>
            <numerusform>%Ln rows written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n table(s) equal.</source>
        <translation>
            <numerusform>The table is equal.</numerusform>
            <numerusform>All %n tables equal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would change. Nothing has been written yet.</source>
        <translation>
            <numerusform>%Ln row would change. Nothing has been written yet.</numerusform>
            <numerusform>%Ln rows would change. Nothing has been written yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) need a decision.</source>
        <translation>
            <numerusform>%Ln row needs a decision.</numerusform>
            <numerusform>%Ln rows need a decision.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) left as they are.</source>
        <translation>
            <numerusform>%Ln conflict left as it is.</numerusform>
            <numerusform>%Ln conflicts left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>its time is %1; %Ln earlier one(s) passed unused</source>
        <translation>
            <numerusform>its time is %1; %Ln earlier one passed unused</numerusform>
            <numerusform>its time is %1; %Ln earlier ones passed unused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>its time was %1, and nothing was there to run it; %Ln earlier one(s) passed unused, too</source>
        <translation>
            <numerusform>its time was %1, and nothing was there to run it; %Ln earlier one passed unused, too</numerusform>
            <numerusform>its time was %1, and nothing was there to run it; %Ln earlier ones passed unused, too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s) passed unused, the last at %1.</source>
        <translation>
            <numerusform>%Ln time passed unused, at %1.</numerusform>
            <numerusform>%Ln times passed unused, the last at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::AnswersDialog</name>
    <message numerus="yes">
        <source>Answer these %n</source>
        <translation>
            <numerusform>Answer this %n</numerusform>
            <numerusform>Answer these %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer these %n so</source>
        <translation>
            <numerusform>Answer this %n so</numerusform>
            <numerusform>Answer these %n so</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::AsideWindow</name>
    <message numerus="yes">
        <source>%n message(s) set aside in %1</source>
        <translation>
            <numerusform>%n message set aside in %1</numerusform>
            <numerusform>%n messages set aside in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n message selected</numerusform>
            <numerusform>%n messages selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n &amp;back</source>
        <translation>
            <numerusform>Put %n &amp;back</numerusform>
            <numerusform>Put %n &amp;back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drop %n message(s) of %1 for good?</source>
        <translation>
            <numerusform>Drop %n message of %1 for good?</numerusform>
            <numerusform>Drop %n messages of %1 for good?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Putting %n message(s) back…</source>
        <translation>
            <numerusform>Putting %n message back…</numerusform>
            <numerusform>Putting %n messages back…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropping %n message(s)…</source>
        <translation>
            <numerusform>Dropping %n message…</numerusform>
            <numerusform>Dropping %n messages…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edited message(s) were not put back. What was typed is lost.</source>
        <translation>
            <numerusform>%n edited message was not put back. What was typed is lost.</numerusform>
            <numerusform>%n edited messages were not put back. What was typed is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConfirmDialog</name>
    <message numerus="yes">
        <source>What this overwrites is kept for %Ln day(s); the history (Ctrl+H) takes it back. Rows that changed since the preview are not written.</source>
        <translation>
            <numerusform>What this overwrites is kept for %Ln day; the history (Ctrl+H) takes it back. Rows that changed since the preview are not written.</numerusform>
            <numerusform>What this overwrites is kept for %Ln days; the history (Ctrl+H) takes it back. Rows that changed since the preview are not written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictCellModel</name>
    <message numerus="yes">
        <source>A number with at most %n digit(s) after the point is expected.</source>
        <translation>
            <numerusform>A number with at most %n digit after the point is expected.</numerusform>
            <numerusform>A number with at most %n digits after the point is expected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n byte(s).</source>
        <translation>
            <numerusform>%1 takes at most %n byte.</numerusform>
            <numerusform>%1 takes at most %n bytes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n character(s).</source>
        <translation>
            <numerusform>%1 takes at most %n character.</numerusform>
            <numerusform>%1 takes at most %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n digit(s) before the point.</source>
        <translation>
            <numerusform>%1 takes at most %n digit before the point.</numerusform>
            <numerusform>%1 takes at most %n digits before the point.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictWindow</name>
    <message numerus="yes">
        <source>%n answer(s) taken back.</source>
        <translation>
            <numerusform>%n answer taken back.</numerusform>
            <numerusform>%n answers taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) given again.</source>
        <translation>
            <numerusform>%n answer given again.</numerusform>
            <numerusform>%n answers given again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Same for %n similar…</source>
        <translation>
            <numerusform>Same for %n similar…</numerusform>
            <numerusform>Same for %n similar…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) not changed</source>
        <translation>
            <numerusform>%n column not changed</numerusform>
            <numerusform>%n columns not changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) agree</source>
        <translation>
            <numerusform>%n column agrees</numerusform>
            <numerusform>%n columns agree</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed on one side alone, taken from there</source>
        <translation>
            <numerusform>%n changed on one side alone, taken from there</numerusform>
            <numerusform>%n changed on one side alone, taken from there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) saved and not yet written.</source>
        <translation>
            <numerusform>%n answer saved and not yet written.</numerusform>
            <numerusform>%n answers saved and not yet written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %n answer(s)</source>
        <translation>
            <numerusform>Write %n answer</numerusform>
            <numerusform>Write %n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n conflict(s) shown</source>
        <translation>
            <numerusform>%1 of %n conflict shown</numerusform>
            <numerusform>%1 of %n conflicts shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionDialog</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionListDialog</name>
    <message numerus="yes">
        <source>%1 stays: %n job(s) use it.</source>
        <translation>
            <numerusform>%1 stays: %n job uses it.</numerusform>
            <numerusform>%1 stays: %n jobs use it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionListModel</name>
    <message numerus="yes">
        <source>%1 · used by %n job(s)</source>
        <translation>
            <numerusform>%1 · used by %n job</numerusform>
            <numerusform>%1 · used by %n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::EditorCheckPage</name>
    <message numerus="yes">
        <source>Checked. A run would meet %n problem(s).</source>
        <translation>
            <numerusform>Checked. A run would meet %n problem.</numerusform>
            <numerusform>Checked. A run would meet %n problems.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tried: %n kind(s) of values would be changed or refused.</source>
        <translation>
            <numerusform>Tried: %n kind of values would be changed or refused.</numerusform>
            <numerusform>Tried: %n kinds of values would be changed or refused.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::EditorTableModel</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::EditorTablesPage</name>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryChart</name>
    <message numerus="yes">
        <source>%Ln row(s) written</source>
        <translation>
            <numerusform>%Ln row written</numerusform>
            <numerusform>%Ln rows written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobDialog</name>
    <message numerus="yes">
        <source>%1, %n problem(s)</source>
        <translation>
            <numerusform>%1, %n problem</numerusform>
            <numerusform>%1, %n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) that a run would meet.</source>
        <translation>
            <numerusform>%n problem that a run would meet.</numerusform>
            <numerusform>%n problems that a run would meet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot be saved yet: %n problem(s).</source>
        <translation>
            <numerusform>Cannot be saved yet: %n problem.</numerusform>
            <numerusform>Cannot be saved yet: %n problems.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobListModel</name>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflict</numerusform>
            <numerusform>%Ln conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobPanel</name>
    <message numerus="yes">
        <source>Nothing to write: %Ln conflict(s) to be answered.</source>
        <translation>
            <numerusform>Nothing to write: %Ln conflict to be answered.</numerusform>
            <numerusform>Nothing to write: %Ln conflicts to be answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s): left as they are at both sides until they are answered.</source>
        <translation>
            <numerusform>%Ln conflict: left as it is at both sides until it is answered.</numerusform>
            <numerusform>%Ln conflicts: left as they are at both sides until they are answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln conflict(s)…</source>
        <translation>
            <numerusform>Answer %Ln conflict…</numerusform>
            <numerusform>Answer %Ln conflicts…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MainPresence</name>
    <message numerus="yes">
        <source>%n job(s) wait for a review</source>
        <translation>
            <numerusform>%n job waits for a review</numerusform>
            <numerusform>%n jobs wait for a review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::PreviewWindow</name>
    <message numerus="yes">
        <source>%n tables could not be compared</source>
        <translation>
            <numerusform>%n table could not be compared</numerusform>
            <numerusform>%n tables could not be compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing to write: %Ln conflict(s) to be answered.</source>
        <translation>
            <numerusform>Nothing to write: %Ln conflict to be answered.</numerusform>
            <numerusform>Nothing to write: %Ln conflicts to be answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s), not written</source>
        <translation>
            <numerusform>%Ln conflict, not written</numerusform>
            <numerusform>%Ln conflicts, not written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Answer %Ln conflict(s)… (F4)</source>
        <translation>
            <numerusform>&amp;Answer %Ln conflict… (F4)</numerusform>
            <numerusform>&amp;Answer %Ln conflicts… (F4)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ReportWindow</name>
    <message numerus="yes">
        <source>Answer %Ln conflict(s)… (F4)</source>
        <translation>
            <numerusform>Answer %Ln conflict… (F4)</numerusform>
            <numerusform>Answer %Ln conflicts… (F4)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ResourceColumns</name>
    <message numerus="yes">
        <source>%n column(s) found. Look at their types: a page of records may not show all.</source>
        <translation>
            <numerusform>%n column found. Look at its type: a page of records may not show all.</numerusform>
            <numerusform>%n columns found. Look at their types: a page of records may not show all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) added; those that stood here are as they were.</source>
        <translation>
            <numerusform>%n column added; those that stood here are as they were.</numerusform>
            <numerusform>%n columns added; those that stood here are as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SettingsStorage</name>
    <message numerus="yes">
        <source> day(s)</source>
        <translation>
            <numerusform> day</numerusform>
            <numerusform> days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln undo file(s)</source>
        <translation>
            <numerusform>%Ln undo file</numerusform>
            <numerusform>%Ln undo files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) cannot be undone any more.</source>
        <translation>
            <numerusform>%Ln run cannot be undone any more.</numerusform>
            <numerusform>%Ln runs cannot be undone any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln closed conflict(s)</source>
        <translation>
            <numerusform>%Ln closed conflict</numerusform>
            <numerusform>%Ln closed conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TableProgressModel</name>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflict</numerusform>
            <numerusform>%Ln conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TestPanel</name>
    <message numerus="yes">
        <source>%Ln message(s) wait.</source>
        <translation>
            <numerusform>%Ln message waits.</numerusform>
            <numerusform>%Ln messages wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) handed out and not answered yet.</source>
        <translation>
            <numerusform>%Ln message handed out and not answered yet.</numerusform>
            <numerusform>%Ln messages handed out and not answered yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) set aside.</source>
        <translation>
            <numerusform>%Ln message set aside.</numerusform>
            <numerusform>%Ln messages set aside.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TrayIcon</name>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) to answer</source>
        <translation>
            <numerusform>%Ln conflict to answer</numerusform>
            <numerusform>%Ln conflicts to answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln &amp;conflict(s)…</source>
        <translation>
            <numerusform>Answer %Ln &amp;conflict…</numerusform>
            <numerusform>Answer %Ln &amp;conflicts…</numerusform>
        </translation>
    </message>
</context>
</TS>

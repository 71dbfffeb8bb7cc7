<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
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
        <source>%1: %Ln conflict(s) open.</source>
        <translation>
            <numerusform>%1: %Ln conflict open.</numerusform>
            <numerusform>%1: %Ln conflicts open.</numerusform>
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
</context>
<context>
    <name>tidemark::ConfirmDialog</name>
    <message numerus="yes">
        <source>What this overwrites is kept for %Ln day(s), and tidemark-cli undo takes it back. Rows that changed since the preview are not written.</source>
        <translation>
            <numerusform>What this overwrites is kept for %Ln day, and tidemark-cli undo takes it back. Rows that changed since the preview are not written.</numerusform>
            <numerusform>What this overwrites is kept for %Ln days, and tidemark-cli undo takes it back. Rows that changed since the preview are not written.</numerusform>
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
    <name>tidemark::PreviewWindow</name>
    <message numerus="yes">
        <source>%n tables could not be compared</source>
        <translation>
            <numerusform>%n table could not be compared</numerusform>
            <numerusform>%n tables could not be compared</numerusform>
        </translation>
    </message>
</context>
</TS>

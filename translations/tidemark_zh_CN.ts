<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AsideMessage</name>
    <message numerus="yes">
        <source>Delivered %n time(s), and each time its consumer ended.</source>
        <translation>
            <numerusform>已投递 %n 次，每次消费者都中止。</numerusform>
        </translation>
    </message>
    <message>
        <source>Delivered too often: each time its consumer ended.</source>
        <translation>投递次数过多：每次消费者都中止。</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>Password for %1: </source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>lists the connections</source>
        <translation>列出连接</translation>
    </message>
    <message>
        <source>production</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>There is no connection yet.</source>
        <translation>还没有连接。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>saves a connection; its password stays where it is</source>
        <translation>保存连接；密码留在原处</translation>
    </message>
    <message>
        <source>Connection %1 saved.</source>
        <translation>已保存连接 %1。</translation>
    </message>
    <message>
        <source>opens a connection and says what answers</source>
        <translation>打开连接并显示应答的数据库</translation>
    </message>
    <message>
        <source>%1 answers: %2 %3</source>
        <translation>%1 已应答：%2 %3</translation>
    </message>
    <message>
        <source>forgets a connection that no job uses</source>
        <translation>移除没有任务使用的连接</translation>
    </message>
    <message>
        <source>Connection %1 removed.</source>
        <translation>已移除连接 %1。</translation>
    </message>
    <message>
        <source>one JSON document on standard output</source>
        <translation>在标准输出上给出一份 JSON</translation>
    </message>
    <message>
        <source>no messages and no progress</source>
        <translation>不显示消息和进度</translation>
    </message>
    <message>
        <source>this text</source>
        <translation>显示此说明</translation>
    </message>
    <message>
        <source>the version</source>
        <translation>显示版本</translation>
    </message>
    <message>
        <source>only this table; may be repeated</source>
        <translation>只处理此表；可重复使用</translation>
    </message>
    <message>
        <source>creates tables that the target lacks</source>
        <translation>创建目标端缺少的表</translation>
    </message>
    <message>
        <source>exits 1 where something would change</source>
        <translation>有变化时以 1 退出</translation>
    </message>
    <message>
        <source>takes the password from an environment variable</source>
        <translation>从环境变量读取密码</translation>
    </message>
    <message>
        <source>takes the password from a file that only its owner may read</source>
        <translation>从只有所有者可读的文件读取密码</translation>
    </message>
    <message>
        <source>asks for the password on the terminal</source>
        <translation>在终端中询问密码</translation>
    </message>
    <message>
        <source>also drops what the job created in the databases</source>
        <translation>同时移除任务在数据库中创建的内容</translation>
    </message>
    <message>
        <source>not available in this version</source>
        <translation>此版本尚不支持</translation>
    </message>
    <message>
        <source>Usage: tidemark-cli COMMAND [OPTIONS]</source>
        <translation>用法：tidemark-cli COMMAND [OPTIONS]</translation>
    </message>
    <message>
        <source>Usage: tidemark-cli %1 [OPTIONS]</source>
        <translation>用法：tidemark-cli %1 [OPTIONS]</translation>
    </message>
    <message>
        <source>With every command:</source>
        <translation>适用于所有命令：</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>还没有运行记录。</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>lists the jobs and how they last ended</source>
        <translation>列出任务及其最近结果</translation>
    </message>
    <message>
        <source>never run</source>
        <translation>从未运行</translation>
    </message>
    <message>
        <source>There is no job yet.</source>
        <translation>还没有任务。</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>shows a job&apos;s file</source>
        <translation>显示任务文件</translation>
    </message>
    <message>
        <source>This job cannot run as it is.</source>
        <translation>此任务目前无法运行。</translation>
    </message>
    <message>
        <source>This job can run.</source>
        <translation>此任务可以运行。</translation>
    </message>
    <message>
        <source>Problem:</source>
        <translation>问题：</translation>
    </message>
    <message>
        <source>Warning:</source>
        <translation>警告：</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>提示：</translation>
    </message>
    <message>
        <source>copies a job file into the workspace</source>
        <translation>将任务文件复制到工作区</translation>
    </message>
    <message>
        <source>Job %1 imported.</source>
        <translation>已导入任务 %1。</translation>
    </message>
    <message>
        <source>removes a job; --clean also drops what it created in the databases</source>
        <translation>移除任务；--clean 同时移除它在数据库中创建的内容</translation>
    </message>
    <message>
        <source>Job %1 removed.</source>
        <translation>已移除任务 %1。</translation>
    </message>
    <message>
        <source>compares and says what a run would change; writes nothing</source>
        <translation>比较并说明运行会改动什么；不写入任何数据</translation>
    </message>
    <message>
        <source>%1 rows/s</source>
        <translation>%1 行/秒</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more table(s)</source>
        <translation>
            <numerusform>… 还有 %n 个表</numerusform>
        </translation>
    </message>
    <message>
        <source>Trying again (%1)</source>
        <translation>正在重试 (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln delete(s) withheld. Allow them with --allow-deletes %2.</source>
        <translation>
            <numerusform>%1：暂缓删除 %Ln 行。可用 --allow-deletes %2 允许。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) changed since the preview; not written.</source>
        <translation>
            <numerusform>%1：%Ln 行在预览后被改动，未写入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) set aside.</source>
        <translation>
            <numerusform>%1：已搁置 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bytes: %2</source>
        <translation>%1 字节：%2</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>proves both sides equal, or says where not</source>
        <translation>证明两端一致，或指出何处不同</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) differ.</source>
        <translation>
            <numerusform>有 %Ln 行不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>Both sides are equal.</source>
        <translation>两端一致。</translation>
    </message>
    <message numerus="yes">
        <source>%1: --yes waived the guard: %Ln row(s) deleted.</source>
        <translation>
            <numerusform>%1：--yes 跳过了删除保护：已删除 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Through the SSH server %1.</source>
        <translation>经由 SSH 服务器 %1。</translation>
    </message>
    <message>
        <source>Tables: %1, readable: %2, writable: %3.</source>
        <translation>表：%1 个，可读 %2 个，可写 %3 个。</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <translation>无法写入该处。</translation>
    </message>
    <message>
        <source>Another program is writing to it just now.</source>
        <translation>另一程序正在写入。</translation>
    </message>
    <message>
        <source>Not encrypted.</source>
        <translation>未加密。</translation>
    </message>
    <message>
        <source>Encrypted by %1, the server is verified.</source>
        <translation>以 %1 加密，服务器身份已验证。</translation>
    </message>
    <message>
        <source>Encrypted by %1, the server is not verified.</source>
        <translation>以 %1 加密，服务器身份未验证。</translation>
    </message>
    <message>
        <source>takes the password from the keychain; asks for it here and keeps it there</source>
        <translation>从钥匙串取得密码；现在询问并存入其中</translation>
    </message>
    <message>
        <source>reaches the server through this SSH server, by the system&apos;s ssh</source>
        <translation>用系统的 ssh 经由此 SSH 服务器到达数据库服务器</translation>
    </message>
    <message>
        <source>the private key for it, else the agent&apos;s</source>
        <translation>所用的私钥，默认用代理中的密钥</translation>
    </message>
    <message>
        <source>Its password stays in the keychain under the key %1.</source>
        <translation>其密码仍保留在钥匙串中，键为 %1。</translation>
    </message>
    <message>
        <source>also takes its password out of the keychain</source>
        <translation>同时从钥匙串中删除其密码</translation>
    </message>
    <message>
        <source>%1 by SSH through %2</source>
        <translation>%1（SSH 经由 %2）</translation>
    </message>
    <message>
        <source>… and %1 more values that columns of %2 could hold; --json lists them.</source>
        <translation>……以及 %2 的列可能出现的另外 %1 个值；--json 会全部列出。</translation>
    </message>
    <message>
        <source>also sends edge values through a temporary table of the target, and lists what is not kept</source>
        <translation>另将边界值写入目标端的临时表再读回，并列出未能保留的值</translation>
    </message>
    <message>
        <source>opens both sides and reports every problem that a run would meet</source>
        <translation>打开两端，报告运行会遇到的每个问题</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a row and what is to be said of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>… and more; --json lists them.</source>
        <translation>……还有更多；--json 会全部列出。</translation>
    </message>
    <message>
        <source>standard output</source>
        <translation>标准输出</translation>
    </message>
    <message>
        <source>the folder of connections and jobs, else $TIDEMARK_WORKSPACE, else the window&apos;s</source>
        <translation>存放连接和任务的文件夹，默认取 $TIDEMARK_WORKSPACE，否则与窗口程序相同</translation>
    </message>
    <message>
        <source>the database to read: a connection&apos;s name, a URL or an SQLite file</source>
        <translation>要读取的数据库：连接的名称、URL 或 SQLite 文件</translation>
    </message>
    <message>
        <source>the database to write, named likewise</source>
        <translation>要写入的数据库，写法同上</translation>
    </message>
    <message>
        <source>compares everything, not only what is new since the last run</source>
        <translation>比较全部数据，不仅是上次运行之后的变化</translation>
    </message>
    <message>
        <source>writes the changes as an SQL script for the target; - is standard output</source>
        <translation>将变更写成目标端的 SQL 脚本；- 表示标准输出</translation>
    </message>
    <message>
        <source>lists every row that would change</source>
        <translation>列出每一个将发生变化的行</translation>
    </message>
    <message>
        <source>the same as JSON Lines, the report last</source>
        <translation>同上，格式为 JSON Lines，最后一行是报告</translation>
    </message>
    <message>
        <source>keeps the plan in a new file, for run --plan</source>
        <translation>将计划保存到新文件，供 run --plan 使用</translation>
    </message>
    <message>
        <source>writes what plan --save has kept, but no row that changed since</source>
        <translation>写入 plan --save 保存的变更，此后被改动的行除外</translation>
    </message>
    <message>
        <source>lets the run delete up to N rows where it would withhold deletes and ask</source>
        <translation>本来会暂缓删除并询问时，允许最多删除 N 行</translation>
    </message>
    <message>
        <source>lets it delete any number, and says where it would have asked</source>
        <translation>允许删除任意行数，并说明哪些地方本来会询问</translation>
    </message>
    <message>
        <source>Keeps tables in two databases the same: SQLite, PostgreSQL, MariaDB and MySQL.</source>
        <translation>让两个数据库中的表保持一致：SQLite、PostgreSQL、MariaDB 和 MySQL。</translation>
    </message>
    <message>
        <source>JOB is the name of a job of the workspace, or the path of a job file.</source>
        <translation>JOB 是工作区中任务的名称，或任务文件的路径。</translation>
    </message>
    <message>
        <source>tidemark-cli COMMAND --help lists the options of a command.</source>
        <translation>tidemark-cli COMMAND --help 列出某个命令的选项。</translation>
    </message>
    <message>
        <source>URL is postgres://USER@HOST:PORT/DATABASE or mysql://USER@HOST:PORT/DATABASE, without a password; FILE is an SQLite database.</source>
        <translation>URL 是 postgres://USER@HOST:PORT/DATABASE 或 mysql://USER@HOST:PORT/DATABASE，不含密码；FILE 是 SQLite 数据库。</translation>
    </message>
    <message>
        <source>It exits with 0: done, 1: a person is needed, 2: failed, may succeed later, 3: cancelled, 4: something has to be edited first, 5: the job is under way elsewhere.</source>
        <translation>退出码 0：已完成，1：需要人工处理，2：失败，稍后可再试，3：已取消，4：须先修改某处，5：任务正在别处运行。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln delete(s) withheld: a side is another database than at the last run. Allow them with --allow-deletes %2.</source>
        <translation>
            <numerusform>%1：暂缓删除 %Ln 行：有一端的数据库与上次运行时不同。可用 --allow-deletes %2 允许。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: --yes waived that a side is another database than at the last run: %Ln row(s) deleted.</source>
        <translation>
            <numerusform>%1：有一端的数据库与上次运行时不同，--yes 未因此停下：已删除 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>lists past runs, or what they did to one row</source>
        <translation>列出以往的运行，或它们对某一行的更改</translation>
    </message>
    <message>
        <source>Undo of %1: %2</source>
        <translation>撤销 %1：%2</translation>
    </message>
    <message>
        <source>undo of %1</source>
        <translation>撤销 %1</translation>
    </message>
    <message>
        <source>the target lacked it</source>
        <translation>目标端没有此行</translation>
    </message>
    <message>
        <source>the source had other values</source>
        <translation>源端的值不同</translation>
    </message>
    <message>
        <source>the source lacked it</source>
        <translation>源端没有此行</translation>
    </message>
    <message>
        <source>it had left the filter</source>
        <translation>此行已不符合筛选条件</translation>
    </message>
    <message>
        <source>The run filled the empty table %1; it may have brought the row.</source>
        <translation>此次运行填充了空表 %1；此行可能由它带来。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a run and why it wrote a row</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The job keeps fingerprints alone: the values are not known.</source>
        <translation>任务只保留指纹：值未知。</translation>
    </message>
    <message>
        <source>The run was cut off: whether this was written, undo finds out.</source>
        <translation>此次运行被中断：是否已写入，由 undo 查明。</translation>
    </message>
    <message>
        <source>Undone by %1.</source>
        <translation>已被 %1 撤销。</translation>
    </message>
    <message>
        <source>Of this job&apos;s runs nothing is kept: none wrote a row, or undo.days and undo.bytes let go of it.</source>
        <translation>此任务的运行没有保留任何内容：没有运行写过行，或已按 undo.days 和 undo.bytes 清除。</translation>
    </message>
    <message>
        <source>No run that is still kept wrote this row.</source>
        <translation>仍保留的运行都没有写过此行。</translation>
    </message>
    <message>
        <source>takes back what a run wrote, but no row that changed since</source>
        <translation>撤回一次运行写入的内容，之后被改动的行除外</translation>
    </message>
    <message>
        <source>The run %1 wrote nothing: there is nothing to undo.</source>
        <translation>运行 %1 没有写入任何内容：没有可撤销的。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) are as they were before the run already.</source>
        <translation>
            <numerusform>%1：%Ln 行已经与运行之前相同。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: rows put back have the defaults in %2, which the job does not sync.</source>
        <translation>%1：放回的行在 %2 中为默认值，任务不同步这些列。</translation>
    </message>
    <message>
        <source>The job&apos;s next run writes again what the source says.</source>
        <translation>任务的下次运行会再次写入源端的内容。</translation>
    </message>
    <message>
        <source>This undo is the run %1, and can be undone likewise.</source>
        <translation>这次撤销是运行 %1，同样可以撤销。</translation>
    </message>
    <message>
        <source>this row: a column of its key; repeated where it has several</source>
        <translation>指定行：键的一列；键有多列时重复给出</translation>
    </message>
    <message>
        <source>installs, removes or shows the triggers of a job that finds changes by a change log</source>
        <translation>安装、移除或显示任务的触发器（该任务通过变更日志查找变更）</translation>
    </message>
    <message>
        <source>No table of this job finds its changes by a change log.</source>
        <translation>此任务中没有通过变更日志查找变更的表。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln row(s) changed since the run; left as they are.</source>
        <translation>
            <numerusform>%1：%Ln 行在运行后被改动，保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is damaged and left out.</source>
        <translation>%1 已损坏，已略过。</translation>
    </message>
    <message>
        <source>the source had changed it</source>
        <translation>源端改过它</translation>
    </message>
    <message>
        <source>the target had changed it</source>
        <translation>目标端改过它</translation>
    </message>
    <message>
        <source>the source had deleted it</source>
        <translation>源端删除了它</translation>
    </message>
    <message>
        <source>the target had deleted it</source>
        <translation>目标端删除了它</translation>
    </message>
    <message>
        <source>lists the rows that wait for a decision</source>
        <translation>列出等待决定的行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) answered; the next run writes them.</source>
        <translation>
            <numerusform>%Ln 个冲突已决定；下次运行写入。</numerusform>
        </translation>
    </message>
    <message>
        <source>No conflict is open.</source>
        <translation>没有未解决的冲突。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) open.</source>
        <translation>
            <numerusform>%Ln 个冲突未解决。</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide one with tidemark-cli resolve JOB --id N --take source, target or skip.</source>
        <translation>用 tidemark-cli resolve JOB --id N --take source、target 或 skip 决定其中一个。</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Last synced</source>
        <translation>上次同步值</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more column(s) agree.</source>
        <translation>
            <numerusform>另有 %Ln 列相同。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open since %1, met last by the run %2.</source>
        <translation>自 %1 起未解决，最近遇到它的运行：%2。</translation>
    </message>
    <message>
        <source>Answered by %1 at %2: %3.</source>
        <translation>%1 于 %2 作出决定：%3。</translation>
    </message>
    <message>
        <source>The job&apos;s columns have changed since; the next run reads the row anew.</source>
        <translation>任务的列此后已改变；下次运行会重新读取此行。</translation>
    </message>
    <message>
        <source>update never deletes; mirror, the default, also deletes rows that A lacks; two-way writes to both</source>
        <translation>update 从不删除；mirror（默认）还会删除 A 没有的行；two-way 写入两端</translation>
    </message>
    <message>
        <source>also lists what was left as it is with --take skip</source>
        <translation>也列出用 --take skip 保持原样的行</translation>
    </message>
    <message>
        <source>source or target: that side&apos;s row is written to the other; skip: both stay</source>
        <translation>source 或 target：把该端的行写入另一端；skip：两端都不变</translation>
    </message>
    <message>
        <source>writes this value to both sides; columns that neither differ nor are set stay</source>
        <translation>把此值写入两端；既无差异也未设置的列不变</translation>
    </message>
    <message>
        <source>likewise NULL</source>
        <translation>同样写入 NULL</translation>
    </message>
    <message>
        <source>this conflict; may be repeated</source>
        <translation>此冲突；可重复</translation>
    </message>
    <message>
        <source>every conflict that is open, or of --table T</source>
        <translation>所有未解决的冲突，或 --table T 的</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln conflict(s) open; tidemark-cli conflicts JOB lists them.</source>
        <translation>
            <numerusform>%1：%Ln 个冲突未解决；tidemark-cli conflicts JOB 会列出。</numerusform>
        </translation>
    </message>
    <message>
        <source>decides conflicts and writes what was decided</source>
        <translation>决定冲突并写入所决定的内容</translation>
    </message>
    <message>
        <source>The answers are kept; the next run writes them.</source>
        <translation>决定已保存；下次运行写入。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) answered.</source>
        <translation>
            <numerusform>%Ln 个冲突已决定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them settled as answered.</source>
        <translation>
            <numerusform>其中 %Ln 个已按决定解决。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them left as they are until a side changes.</source>
        <translation>
            <numerusform>其中 %Ln 个在任一端更改前保持原样。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them not written yet; the next run does.</source>
        <translation>
            <numerusform>其中 %Ln 个尚未写入；下次运行写入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them changed since they were shown, and are open again:</source>
        <translation>
            <numerusform>其中 %Ln 个在显示后又有更改，重新变为未解决：</numerusform>
        </translation>
    </message>
    <message>
        <source>… and more; tidemark-cli conflicts JOB lists them.</source>
        <translation>……还有更多；tidemark-cli conflicts JOB 会列出。</translation>
    </message>
    <message>
        <source>What stood there before has lost; this brings it back: %1</source>
        <translation>那里原有的值已落选；用此命令可找回：%1</translation>
    </message>
    <message>
        <source>%1 – at the source</source>
        <comment>a row that was written</comment>
        <translation>%1（在源端）</translation>
    </message>
    <message>
        <source>finds what differs and writes it: to the target, or both ways</source>
        <translation>找出差异并写入：写到目标端，或双向写入</translation>
    </message>
    <message>
        <source>What was last synced is not known: the job&apos;s next run writes to each side what only the other one has.</source>
        <translation>上次同步值未知：任务的下次运行会把只有一端才有的行写到另一端。</translation>
    </message>
    <message numerus="yes">
        <source>The sides differ again in %Ln row(s) put back; the job&apos;s next run asks about them.</source>
        <translation>
            <numerusform>放回的 %Ln 行使两端再次不同；任务的下次运行会询问这些行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sides differ again in %Ln row(s) put back; at the next run the job&apos;s conflict policy decides anew.</source>
        <translation>
            <numerusform>放回的 %Ln 行使两端再次不同；下次运行时由任务的冲突策略重新决定。</numerusform>
        </translation>
    </message>
    <message>
        <source>What was brought back counts as an edit: the job&apos;s next run takes it to the other side.</source>
        <translation>找回的值视为一次编辑：任务的下次运行会把它写到另一端。</translation>
    </message>
    <message>
        <source>only this table</source>
        <translation>仅此表</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them refused by a database, and set aside.</source>
        <translation>
            <numerusform>其中 %Ln 个被数据库拒绝，已搁置。</numerusform>
        </translation>
    </message>
    <message>
        <source>What is to follow a run is not carried out: its commands and web hooks are not trusted yet. run --trust lets them act.</source>
        <translation>运行后的操作未执行：其命令和网络钩子尚未受信任。run --trust 允许它们执行。</translation>
    </message>
    <message>
        <source>lets what follows a run act: commands and web hooks</source>
        <translation>允许运行后的操作执行：命令和网络钩子</translation>
    </message>
    <message>
        <source>so many jobs at once; 4 where nothing is said</source>
        <translation>同时运行的任务数；默认 4</translation>
    </message>
    <message>
        <source>tells what happens in a file instead of standard error</source>
        <translation>将所发生之事写入文件，而非标准错误</translation>
    </message>
    <message>
        <source>the file&apos;s lines: for people, or JSON</source>
        <translation>文件的行：供人阅读，或 JSON</translation>
    </message>
    <message>
        <source>begins a new file before it grows beyond that; 8MiB</source>
        <translation>文件超过此大小前另起新文件；8MiB</translation>
    </message>
    <message>
        <source>keeps so many older files beside it; 5</source>
        <translation>旁边保留的旧文件数；5</translation>
    </message>
    <message>
        <source>It runs by itself only while Tidemark is open, or tidemark-cli watch runs.</source>
        <translation>仅在 Tidemark 打开或 tidemark-cli watch 运行时自动运行。</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自动运行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a schedule and what comes of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>runs the scheduled jobs until it is stopped</source>
        <translation>运行定时任务，直到被停止</translation>
    </message>
    <message>
        <source>Stops after the batch at hand.</source>
        <translation>当前批次完成后停止。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a job&apos;s name and what is said of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>runs: %1.</source>
        <translation>运行：%1。</translation>
    </message>
    <message>
        <source>Next run %1.</source>
        <translation>下次运行 %1。</translation>
    </message>
    <message>
        <source>What is to follow a run is not carried out: its commands and web hooks are not trusted yet. tidemark-cli run --trust, or watch --trust, lets them act.</source>
        <translation>运行后的操作未执行：其命令和网络钩子尚未受信任。tidemark-cli run --trust 或 watch --trust 允许它们执行。</translation>
    </message>
    <message>
        <source>tidemark-cli run &quot;%1&quot;</source>
        <translation>tidemark-cli run &quot;%1&quot;</translation>
    </message>
    <message>
        <source>there is no such job any more.</source>
        <translation>该任务已不存在。</translation>
    </message>
    <message>
        <source>No job has a schedule yet.</source>
        <translation>尚无任务设有定时。</translation>
    </message>
    <message>
        <source>keeps the jobs&apos; numbers in a file for Prometheus</source>
        <translation>把各任务的数字写进一个文件，供 Prometheus 读取</translation>
    </message>
    <message>
        <source>What is to follow its runs is not trusted yet, and is not carried out. job import --trust or run --trust lets it act.</source>
        <translation>其运行后的操作尚未受信任，不会执行。job import --trust 或 run --trust 允许它们执行。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Messages waiting: %1, not acknowledged: %2, in quarantine: %3.</source>
        <translation>等待的消息：%1，未确认：%2，搁置区：%3。</translation>
    </message>
    <message>
        <source>%1 answers: %2</source>
        <translation>%1 已应答：%2</translation>
    </message>
    <message>
        <source>shows what waits in a message queue or lies in its quarantine, sends it back or drops it</source>
        <translation>显示消息队列中等待的消息或搁置区中的消息，将其退回队列或丢弃</translation>
    </message>
    <message>
        <source>Message %1 is back in the queue.</source>
        <translation>消息 %1 已退回队列。</translation>
    </message>
    <message>
        <source>Message %1 is dropped.</source>
        <translation>消息 %1 已丢弃。</translation>
    </message>
    <message>
        <source>%1: %2 (%3) %4</source>
        <translation>%1：%2（%3）%4</translation>
    </message>
    <message>
        <source>Nothing is in quarantine.</source>
        <translation>搁置区为空。</translation>
    </message>
    <message>
        <source>No message is waiting.</source>
        <translation>没有等待的消息。</translation>
    </message>
    <message>
        <source>Open since %1, found by a comparison.</source>
        <translation>自 %1 起待处理，由比较发现。</translation>
    </message>
    <message>
        <source>both sides had changed it</source>
        <translation>两端都改过它</translation>
    </message>
    <message>
        <source>both sides had inserted it</source>
        <translation>两端都新增过它</translation>
    </message>
    <message>
        <source>one side had deleted it, the other changed it</source>
        <translation>一端已删除它，另一端改过它</translation>
    </message>
    <message>
        <source>the sides differed when they first met</source>
        <translation>两端首次比较时不同</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>why a row was written; and what decided it</comment>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>%1, and the policy or a person decided</source>
        <comment>why a row was written</comment>
        <translation>%1，由策略或人来决定</translation>
    </message>
    <message numerus="yes">
        <source>The job&apos;s next run asks about %Ln row(s) that changed since.</source>
        <translation>
            <numerusform>该任务的下次运行会询问此后改动过的 %Ln 行。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionDraft</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Database system</source>
        <translation>数据库系统</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Password file</source>
        <translation>密码文件</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>自有证书</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>证书私钥</translation>
    </message>
    <message>
        <source>Pinned certificate</source>
        <translation>固定的证书</translation>
    </message>
    <message>
        <source>SSH host</source>
        <translation>SSH 主机</translation>
    </message>
    <message>
        <source>SSH port</source>
        <translation>SSH 端口</translation>
    </message>
    <message>
        <source>SSH user</source>
        <translation>SSH 用户</translation>
    </message>
    <message>
        <source>SSH key</source>
        <translation>SSH 密钥</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>Give the whole path, from / or ~/ on.</source>
        <translation>填写完整路径，以 / 或 ~/ 开头。</translation>
    </message>
    <message>
        <source>The connection needs a name.</source>
        <translation>连接需要名称。</translation>
    </message>
    <message>
        <source>There is a connection of this name already.</source>
        <translation>已有同名连接。</translation>
    </message>
    <message>
        <source>The name holds a character that cannot be seen, such as a line end.</source>
        <translation>名称含有不可见字符，例如换行符。</translation>
    </message>
    <message>
        <source>Choose the database file, or drop it here.</source>
        <translation>选择数据库文件，或拖放到此处。</translation>
    </message>
    <message>
        <source>Name a file on disk.</source>
        <translation>填写磁盘上的文件。</translation>
    </message>
    <message>
        <source>The path holds a character that cannot be seen, such as a line end.</source>
        <translation>路径含有不可见字符，例如换行符。</translation>
    </message>
    <message>
        <source>A time-out is a duration such as 10s or 2m, at most 1h.</source>
        <translation>超时是一段时长，例如 10s 或 2m，最长 1h。</translation>
    </message>
    <message>
        <source>Enter the server&apos;s name or address, or the path of its socket.</source>
        <translation>填写服务器的名称或地址，或其套接字路径。</translation>
    </message>
    <message>
        <source>Only the host belongs here; a whole URL is spread over the fields when it is pasted.</source>
        <translation>此处只填主机；粘贴完整 URL 时会自动填入各栏。</translation>
    </message>
    <message>
        <source>A host name has no blanks.</source>
        <translation>主机名不含空格。</translation>
    </message>
    <message>
        <source>Enter the name of the database.</source>
        <translation>填写数据库名称。</translation>
    </message>
    <message>
        <source>This holds a character that cannot be seen, such as a line end.</source>
        <translation>此处含有不可见字符，例如换行符。</translation>
    </message>
    <message>
        <source>Enter the name of the environment variable.</source>
        <translation>填写环境变量名称。</translation>
    </message>
    <message>
        <source>The name of a variable has neither blanks nor =.</source>
        <translation>变量名不含空格和 =。</translation>
    </message>
    <message>
        <source>Enter the path of the password file.</source>
        <translation>填写密码文件路径。</translation>
    </message>
    <message>
        <source>Type the password that the keychain is to hold.</source>
        <translation>输入要存入密钥环的密码。</translation>
    </message>
    <message>
        <source>A key needs its certificate.</source>
        <translation>私钥需要对应的证书。</translation>
    </message>
    <message>
        <source>A certificate of your own needs its key.</source>
        <translation>自有证书需要对应的私钥。</translation>
    </message>
    <message>
        <source>A pin is a SHA-256: 64 digits of 0–9 and a–f.</source>
        <translation>固定值是 SHA-256：64 位 0–9 和 a–f。</translation>
    </message>
    <message>
        <source>A pinned certificate cannot be checked while encryption is off.</source>
        <translation>加密关闭时无法核对固定的证书。</translation>
    </message>
    <message>
        <source>Enter the SSH server, or its alias in ~/.ssh/config.</source>
        <translation>填写 SSH 服务器，或其在 ~/.ssh/config 中的别名。</translation>
    </message>
    <message>
        <source>An SSH host has no blanks and does not begin with a hyphen.</source>
        <translation>SSH 主机不含空格，也不以连字符开头。</translation>
    </message>
    <message>
        <source>A tunnel leads to a host and port; the database&apos;s host is a socket.</source>
        <translation>隧道通向主机和端口，而此数据库的主机是套接字。</translation>
    </message>
    <message>
        <source>An SSH user has no blanks and does not begin with a hyphen.</source>
        <translation>SSH 用户不含空格，也不以连字符开头。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>身份验证</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Resource&apos;s name</source>
        <translation>资源名称</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录位置</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Page parameter</source>
        <translation>分页参数</translation>
    </message>
    <message>
        <source>Page size</source>
        <translation>每页记录数</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>Only what is new</source>
        <translation>仅取新内容</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>消费组</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>消费者</translation>
    </message>
    <message>
        <source>Take-over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Web service (JSON)</source>
        <translation>Web 服务 (JSON)</translation>
    </message>
    <message>
        <source>A JSON pointer begins with a slash, such as /data/items.</source>
        <translation>JSON 指针以斜杠开头，例如 /data/items。</translation>
    </message>
    <message>
        <source>Enter the name of the header, such as X-Api-Key.</source>
        <translation>输入标头名称，例如 X-Api-Key。</translation>
    </message>
    <message>
        <source>A header&apos;s name has letters, digits and hyphens.</source>
        <translation>标头名称由字母、数字和连字符组成。</translation>
    </message>
    <message>
        <source>Enter the user whom the service knows.</source>
        <translation>输入该服务认识的用户。</translation>
    </message>
    <message>
        <source>A user of this kind of authentication has no colon.</source>
        <translation>此种身份验证的用户名不含冒号。</translation>
    </message>
    <message>
        <source>Choose where the secret comes from.</source>
        <translation>选择密钥的来源。</translation>
    </message>
    <message>
        <source>Enter what jobs call this table.</source>
        <translation>输入任务中此表的名称。</translation>
    </message>
    <message>
        <source>There is a resource of this name already.</source>
        <translation>已有同名资源。</translation>
    </message>
    <message>
        <source>Names that begin with tidemark_ are Tidemark&apos;s own.</source>
        <translation>以 tidemark_ 开头的名称由 Tidemark 自用。</translation>
    </message>
    <message>
        <source>Enter the path below the address, such as /orders.</source>
        <translation>输入地址之下的路径，例如 /orders。</translation>
    </message>
    <message>
        <source>A path begins with a slash and has neither a query nor a fragment: /orders.</source>
        <translation>路径以斜杠开头，不含查询和片段：/orders。</translation>
    </message>
    <message>
        <source>A column needs a name.</source>
        <translation>列需要名称。</translation>
    </message>
    <message>
        <source>There are two columns named %1.</source>
        <translation>有两列同名：%1。</translation>
    </message>
    <message>
        <source>%1: there is no type %2.</source>
        <translation>%1：没有类型 %2。</translation>
    </message>
    <message>
        <source>There is no column %1.</source>
        <translation>没有列 %1。</translation>
    </message>
    <message>
        <source>Enter the parameter that asks for what is new.</source>
        <translation>输入用于请求新内容的参数。</translation>
    </message>
    <message>
        <source>Enter the column that the parameter is compared with.</source>
        <translation>输入与该参数比较的列。</translation>
    </message>
    <message>
        <source>Enter the parameter that names the page.</source>
        <translation>输入指明页的参数。</translation>
    </message>
    <message>
        <source>Enter how many records a page is to have.</source>
        <translation>输入每页的记录数。</translation>
    </message>
    <message>
        <source>Enter where the answer holds the next cursor.</source>
        <translation>输入应答中下一个游标的位置。</translation>
    </message>
    <message>
        <source>Enter the address of the service, such as https://crm.example/api.</source>
        <translation>输入服务的地址，例如 https://crm.example/api。</translation>
    </message>
    <message>
        <source>An address begins with https:// and has neither user nor query.</source>
        <translation>地址以 https:// 开头，不含用户和查询。</translation>
    </message>
    <message>
        <source>A secret does not cross the network readable: use https://.</source>
        <translation>密钥不得以明文经过网络：改用 https://。</translation>
    </message>
    <message>
        <source>Over http:// all can be read on the way: use https://, or allow it below.</source>
        <translation>经 http:// 传输的内容途中可被读取：改用 https://，或在下方允许。</translation>
    </message>
    <message>
        <source>Describe at least one resource: each is a table to jobs.</source>
        <translation>至少描述一个资源：每个资源对任务而言是一张表。</translation>
    </message>
    <message>
        <source>A Redis database is a number, from 0 on.</source>
        <translation>Redis 数据库是从 0 开始的编号。</translation>
    </message>
    <message>
        <source>Enter the name of the stream.</source>
        <translation>输入流的名称。</translation>
    </message>
    <message>
        <source>Enter the name of the group of consumers.</source>
        <translation>输入消费组的名称。</translation>
    </message>
    <message>
        <source>Enter a duration such as 30s or 5m, at most 24h.</source>
        <translation>输入时长，例如 30s 或 5m，最长 24h。</translation>
    </message>
    <message>
        <source>Enter the queue to read from, the exchange to publish to, or both.</source>
        <translation>输入要读取的队列、要发布到的交换机，或两者都填。</translation>
    </message>
    <message>
        <source>Names that begin with amq. are the broker&apos;s own.</source>
        <translation>以 amq. 开头的名称由代理自用。</translation>
    </message>
    <message>
        <source>Fixed parameters</source>
        <translation>固定参数</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Record written</source>
        <translation>写入后的记录</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Largest answer</source>
        <translation>最大应答</translation>
    </message>
    <message>
        <source>One request</source>
        <translation>单个请求</translation>
    </message>
    <message>
        <source>Whole reading</source>
        <translation>整次读取</translation>
    </message>
    <message>
        <source>First pause</source>
        <translation>首次等待</translation>
    </message>
    <message>
        <source>Longest pause</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>Enter a JSON pointer such as /total, or the name of a header.</source>
        <translation>填写 JSON 指针（如 /total）或标头名称。</translation>
    </message>
    <message>
        <source>A parameter needs a name.</source>
        <translation>参数需要名称。</translation>
    </message>
    <message>
        <source>There are two parameters named %1.</source>
        <translation>有两个名为 %1 的参数。</translation>
    </message>
    <message>
        <source>Enter the path below the address, such as /orders/{id}.</source>
        <translation>填写地址之下的路径，例如 /orders/{id}。</translation>
    </message>
    <message>
        <source>{%1} is no column of the key.</source>
        <translation>{%1} 不是键列。</translation>
    </message>
    <message>
        <source>The path is that of one record: {%1} is missing in it.</source>
        <translation>此路径指向单条记录，缺少 {%1}。</translation>
    </message>
    <message>
        <source>A path begins with a slash and has neither a query nor a fragment: /orders/{id}.</source>
        <translation>路径以斜杠开头，不含查询和片段：/orders/{id}。</translation>
    </message>
    <message>
        <source>Where records are written, their key is named here.</source>
        <translation>要写入记录，须在此填写键。</translation>
    </message>
    <message>
        <source>A header needs a name.</source>
        <translation>标头需要名称。</translation>
    </message>
    <message>
        <source>%1 bears a secret: choose it as the authentication.</source>
        <translation>%1 含有密钥：在身份验证处选择。</translation>
    </message>
    <message>
        <source>%1 is no header&apos;s name, or one that Tidemark sets itself.</source>
        <translation>%1 不是有效的标头名称，或由 Tidemark 自行设置。</translation>
    </message>
    <message>
        <source>There are two headers named %1.</source>
        <translation>有两个名为 %1 的标头。</translation>
    </message>
    <message>
        <source>Enter a size such as 64MiB, from 1KiB to 1GiB.</source>
        <translation>填写大小，例如 64MiB，范围 1KiB 至 1GiB。</translation>
    </message>
</context>
<context>
    <name>EditorOffers</name>
    <message>
        <source>Two-way is for two databases: a message queue carries changes one way.</source>
        <translation>双向用于两个数据库：消息队列只单向传递变更。</translation>
    </message>
    <message>
        <source>Two-way needs a database on one side: between two web services it is one-way.</source>
        <translation>双向同步要求一侧是数据库：两个 Web 服务之间只能单向同步。</translation>
    </message>
    <message>
        <source>It is read alone: none of its resources says how it is written (Connections, Resources).</source>
        <translation>只读：没有资源说明如何写入（连接，资源）。</translation>
    </message>
</context>
<context>
    <name>EditorWords</name>
    <message>
        <source>The job needs a name.</source>
        <translation>任务需要名称。</translation>
    </message>
    <message>
        <source>Choose the source.</source>
        <translation>选择源端。</translation>
    </message>
    <message>
        <source>Choose the target.</source>
        <translation>选择目标端。</translation>
    </message>
    <message>
        <source>There is no connection named %1.</source>
        <translation>没有名为 %1 的连接。</translation>
    </message>
    <message>
        <source>Tick at least one table.</source>
        <translation>至少勾选一个表。</translation>
    </message>
    <message>
        <source>Choose the column that tells what changed.</source>
        <translation>选择能反映变更的列。</translation>
    </message>
    <message>
        <source>Enter two different values: when pending, and when done.</source>
        <translation>输入两个不同的值：待处理时和已处理时。</translation>
    </message>
    <message>
        <source>Rows are also deleted here: say which rows of the target belong to the filter.</source>
        <translation>此处也会删除行：指明目标端哪些行属于筛选条件。</translation>
    </message>
    <message>
        <source>“Only these columns” needs at least one column.</source>
        <translation>“仅限这些列”至少需要一列。</translation>
    </message>
    <message>
        <source>Two tables of this job write into the same target.</source>
        <translation>此任务有两个表写入同一个目标端表。</translation>
    </message>
    <message>
        <source>%1: what the file says is not available in this version.</source>
        <translation>%1：文件所写的内容在此版本中不可用。</translation>
    </message>
    <message>
        <source>%1: expected here is %2.</source>
        <translation>%1：此处应为 %2。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a table and its problem</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Find changes</source>
        <translation>变更检测</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Re-read the last</source>
        <translation>重新读取最近</translation>
    </message>
    <message>
        <source>Counts as</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Re-read the last versions</source>
        <translation>重新读取最近的版本数</translation>
    </message>
    <message>
        <source>Value when pending</source>
        <translation>待处理时的值</translation>
    </message>
    <message>
        <source>Value when done</source>
        <translation>已处理时的值</translation>
    </message>
    <message>
        <source>Deletes</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Look for deleted rows</source>
        <translation>查找已删除的行</translation>
    </message>
    <message>
        <source>Withhold deletes beyond, rows</source>
        <translation>删除超过此行数时暂不执行</translation>
    </message>
    <message>
        <source>Withhold deletes beyond, percent</source>
        <translation>删除超过此百分比时暂不执行</translation>
    </message>
    <message>
        <source>Upper and lower case</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>Trailing spaces</source>
        <translation>尾部空格</translation>
    </message>
    <message>
        <source>Tolerance of numbers</source>
        <translation>数值容差</translation>
    </message>
    <message>
        <source>Times compared to</source>
        <translation>时间比较精度</translation>
    </message>
    <message>
        <source>Empty text and NULL</source>
        <translation>空文本与 NULL</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Rows that left the filter</source>
        <translation>不再符合筛选条件的行</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Filter of the source</source>
        <translation>源端的筛选条件</translation>
    </message>
    <message>
        <source>Filter of the target</source>
        <translation>目标端的筛选条件</translation>
    </message>
    <message>
        <source>A row that the target refuses</source>
        <translation>目标端拒绝的行</translation>
    </message>
    <message>
        <source>Commit after</source>
        <translation>提交范围</translation>
    </message>
    <message>
        <source>Rows a batch</source>
        <translation>每批行数</translation>
    </message>
    <message>
        <source>Size of a batch</source>
        <translation>每批大小</translation>
    </message>
    <message>
        <source>Tables at once</source>
        <translation>同时处理的表数</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>First wait</source>
        <translation>首次等待</translation>
    </message>
    <message>
        <source>Each further wait times</source>
        <translation>之后每次等待的倍数</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>Position kept in</source>
        <translation>读取位置保存于</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>There is a job with this name already.</source>
        <translation>已有同名任务。</translation>
    </message>
    <message>
        <source>Source and target are the same connection.</source>
        <translation>源端和目标端是同一个连接。</translation>
    </message>
    <message>
        <source>%1 is not a known key of a job.</source>
        <translation>%1 不是任务文件中的已知键名。</translation>
    </message>
    <message>
        <source>%1 is not a known key of a job. Is %2 meant?</source>
        <translation>%1 不是任务文件中的已知键名。是否应为 %2？</translation>
    </message>
    <message>
        <source>Name the column that tells which row is newer.</source>
        <translation>指定用哪一列判断哪一行较新。</translation>
    </message>
    <message>
        <source>Where both sides changed a row</source>
        <translation>两端都改过同一行时</translation>
    </message>
    <message>
        <source>Where nothing tells who changed it</source>
        <translation>无从判断哪端改过时</translation>
    </message>
    <message>
        <source>Column that tells the newest</source>
        <translation>判断新旧的列</translation>
    </message>
    <message>
        <source>That column of the source</source>
        <translation>源端的该列</translation>
    </message>
    <message>
        <source>That column of the target</source>
        <translation>目标端的该列</translation>
    </message>
    <message>
        <source>Ask if closer than</source>
        <translation>相差小于此值则询问</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>两端都改过时</translation>
    </message>
    <message>
        <source>Keep of each row</source>
        <translation>每行保存</translation>
    </message>
    <message>
        <source>Both sides are filtered: say which rows of the source belong to the filter.</source>
        <translation>两端都作筛选：写明源端的哪些行属于该筛选条件。</translation>
    </message>
    <message>
        <source>Name the column that marks deleted rows.</source>
        <translation>填写标记已删除行的列。</translation>
    </message>
    <message>
        <source>Enter the value that a deleted row has in that column.</source>
        <translation>填写已删除的行在该列中的值。</translation>
    </message>
    <message>
        <source>Enter the value of a row that is there; another one than when deleted.</source>
        <translation>填写行存在时的值，须与已删除时不同。</translation>
    </message>
    <message>
        <source>Marked at</source>
        <translation>标记位于</translation>
    </message>
    <message>
        <source>Column that marks them</source>
        <translation>标记列</translation>
    </message>
    <message>
        <source>Value when deleted</source>
        <translation>已删除时的值</translation>
    </message>
    <message>
        <source>Value when there</source>
        <translation>存在时的值</translation>
    </message>
    <message>
        <source>What follows a run</source>
        <translation>运行后的操作</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行时机</translation>
    </message>
    <message>
        <source>After the job</source>
        <translation>在此任务之后</translation>
    </message>
    <message>
        <source>Tell when no run went well for</source>
        <translation>多久没有顺利完成时提醒</translation>
    </message>
    <message>
        <source>Cron expression</source>
        <translation>Cron 表达式</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>On</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>Put off at random by up to</source>
        <translation>随机推迟至多</translation>
    </message>
    <message>
        <source>Runs that were missed</source>
        <translation>错过的运行</translation>
    </message>
    <message>
        <source>While the last run goes on</source>
        <translation>上次运行仍在进行时</translation>
    </message>
    <message>
        <source>Only between</source>
        <translation>仅在时段内</translation>
    </message>
    <message>
        <source>Find changes at the target</source>
        <translation>目标端的变更检测</translation>
    </message>
    <message>
        <source>Column at the target</source>
        <translation>目标端的列</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 rows/s</source>
        <translation>%1 行/秒</translation>
    </message>
</context>
<context>
    <name>HistoryExport</name>
    <message>
        <source>Run of %1</source>
        <translation>%1 的运行</translation>
    </message>
    <message>
        <source>%1 · started %2 · took %3 · %4</source>
        <translation>%1 · 开始于 %2 · 用时 %3 · %4</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Of the rows that this run wrote nothing is kept.</source>
        <translation>此次运行写入的行未保留。</translation>
    </message>
    <message>
        <source>%1 was empty and has been filled: %2 rows, not kept one by one.</source>
        <translation>%1 原为空表，已填充 %2 行，未逐行保留。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Written by the run</source>
        <translation>此次运行写入</translation>
    </message>
    <message>
        <source>+ inserted</source>
        <translation>+ 新增</translation>
    </message>
    <message>
        <source>~ updated</source>
        <translation>~ 更新</translation>
    </message>
    <message>
        <source>− deleted</source>
        <translation>− 删除</translation>
    </message>
</context>
<context>
    <name>HistorySql</name>
    <message>
        <source>row %1: its values were not kept</source>
        <translation>行 %1：其值未保留</translation>
    </message>
    <message>
        <source>row %1 was inserted; the values of inserted rows are not kept, this shows what stands there now:</source>
        <translation>行 %1 为新增；新增行的值不保留，以下语句显示其当前内容：</translation>
    </message>
</context>
<context>
    <name>HistoryText</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Failed in part</source>
        <translation>部分失败</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Put back by an undo</source>
        <translation>由撤销放回</translation>
    </message>
    <message>
        <source>The target lacked it</source>
        <translation>目标端没有此行</translation>
    </message>
    <message>
        <source>The source had other values</source>
        <translation>源端的值不同</translation>
    </message>
    <message>
        <source>The source lacked it</source>
        <translation>源端没有此行</translation>
    </message>
    <message>
        <source>It had left the filter</source>
        <translation>已不符合筛选条件</translation>
    </message>
    <message>
        <source>The source had changed it</source>
        <translation>源端改动过</translation>
    </message>
    <message>
        <source>The target had changed it</source>
        <translation>目标端改动过</translation>
    </message>
    <message>
        <source>The source had deleted it</source>
        <translation>源端已删除</translation>
    </message>
    <message>
        <source>The target had deleted it</source>
        <translation>目标端已删除</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未保留</translation>
    </message>
    <message>
        <source>The run filled the empty table; it may have brought the row.</source>
        <translation>此次运行填充了空表；此行可能由它写入。</translation>
    </message>
    <message>
        <source>The job keeps fingerprints alone: the values are not known</source>
        <translation>任务只保留指纹：值未知</translation>
    </message>
    <message>
        <source>Inserted; the values of inserted rows are not kept</source>
        <translation>已新增；新增行的值不保留</translation>
    </message>
    <message>
        <source>Both sides had changed it; what stood here gave way</source>
        <translation>两端都改动过；此处原值已被替换</translation>
    </message>
    <message>
        <source>Both sides had inserted it; what stood here gave way</source>
        <translation>两端都新增过；此处原值已被替换</translation>
    </message>
    <message>
        <source>One side had deleted it, the other changed it; what stood here gave way</source>
        <translation>一端已删除，另一端改动过；此处原值已被替换</translation>
    </message>
    <message>
        <source>The sides differed when they first met; what stood here gave way</source>
        <translation>两端首次比较时不同；此处原值已被替换</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>why a row was written; and what decided it</comment>
        <translation>%1；%2</translation>
    </message>
</context>
<context>
    <name>JobTiming</name>
    <message>
        <source>Next run %1</source>
        <translation>下次运行 %1</translation>
    </message>
    <message>
        <source>Runs once more when this run has ended</source>
        <translation>本次运行结束后再运行一次</translation>
    </message>
    <message>
        <source>Runs after %1</source>
        <translation>在 %1 之后运行</translation>
    </message>
    <message>
        <source>Waits for a review</source>
        <translation>等待查看</translation>
    </message>
    <message>
        <source>Its schedule is paused</source>
        <translation>定时已暂停</translation>
    </message>
    <message>
        <source>All schedules are paused</source>
        <translation>所有定时已暂停</translation>
    </message>
    <message>
        <source>Its schedule never comes</source>
        <translation>这一时间永远不会到来</translation>
    </message>
    <message>
        <source>Follows itself by way of other jobs: it never starts</source>
        <translation>经由其他任务跟随自身：永远不会启动</translation>
    </message>
    <message>
        <source>There is no job named %1 to follow</source>
        <translation>没有名为 %1 的任务可跟随</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) were missed and skipped, the last one at %1.</source>
        <translation>
            <numerusform>错过并跳过了 %n 次运行，最后一次在 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>The run of %1 was skipped: the one before was still under way.</source>
        <translation>%1 的运行已跳过：上一次仍在进行。</translation>
    </message>
    <message>
        <source>The run of %1 was another program&apos;s.</source>
        <translation>%1 的运行由另一个程序执行。</translation>
    </message>
    <message>
        <source>The run of %1 was skipped: the job was running elsewhere.</source>
        <translation>%1 的运行已跳过：任务正在别处运行。</translation>
    </message>
    <message>
        <source>It does not run by itself until somebody has seen what it would write. Compare, review and synchronise it once.</source>
        <translation>在有人看过将写入的内容之前，它不会自动运行。比较、查看并同步一次即可。</translation>
    </message>
    <message>
        <source>The run of %1 passed while the schedule was paused.</source>
        <translation>%1 的运行因定时暂停而略过。</translation>
    </message>
    <message>
        <source>It has not run well for longer than it may.</source>
        <translation>距上次顺利完成已超过允许的时长。</translation>
    </message>
    <message>
        <source>Waits until its file is trusted</source>
        <translation>等待信任其文件</translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>%1 of %2 tables failed. Written in the others: %3 rows.</source>
        <translation>%2 个表中有 %1 个失败，其余表已写入 %3 行。</translation>
    </message>
    <message>
        <source>They are listed below with their reasons. Later runs try them again.</source>
        <translation>下方列出了这些行及其原因，之后的运行会再次尝试。</translation>
    </message>
    <message>
        <source>Compare again to see them as they are now.</source>
        <translation>重新比较可查看它们的现状。</translation>
    </message>
    <message>
        <source>Compare again and confirm the number before it deletes.</source>
        <translation>重新比较并确认数量后才会删除。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) set aside: the target refused them.</source>
        <translation>
            <numerusform>已搁置 %Ln 行：目标端拒绝了它们。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) changed since the preview; not written.</source>
        <translation>
            <numerusform>%Ln 行在预览后被改动，未写入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delete(s) withheld.</source>
        <translation>
            <numerusform>暂缓了 %Ln 个删除。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delete(s) withheld: a side is another database than at the last run.</source>
        <translation>
            <numerusform>暂缓了 %Ln 个删除：有一端的数据库与上次运行时不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>What that database lacks may never have been in it. Compare again and confirm the number before it deletes.</source>
        <translation>该数据库没有的行，可能从来就不在其中。再次比较，确认行数后才会删除。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s): left as they are at both sides.</source>
        <translation>
            <numerusform>%Ln 个冲突：两端保持原样。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) set aside: the side that they were to be written to refused them.</source>
        <translation>
            <numerusform>已搁置 %Ln 行：要写入的那一端拒绝了。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is written to them until they are answered.</source>
        <translation>处理之前不会写入这些行。</translation>
    </message>
</context>
<context>
    <name>SideEffects</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 及另外 %2 个</translation>
    </message>
    <message>
        <source>Creates at the target: %1.</source>
        <translation>将在目标端创建：%1。</translation>
    </message>
    <message>
        <source>%1: only rows where %2</source>
        <translation>%1：仅限满足 %2 的行</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Tidemark is open already, and does not understand what it was asked for. Quit it, and start again.</source>
        <translation>Tidemark 已打开，但不理解收到的指令。先退出它，再重新启动。</translation>
    </message>
    <message>
        <source>Tidemark is open already (process %1) and does not answer. Wait for it, or end that process, and start again.</source>
        <translation>Tidemark 已打开（进程 %1）但没有响应。等它恢复，或结束该进程，再重新启动。</translation>
    </message>
    <message>
        <source>Tidemark</source>
        <translation>Tidemark</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>UndoPreview</name>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Column %1 of the source has no counterpart and is left out.</source>
        <translation>源端的列 %1 没有对应列，不参与同步。</translation>
    </message>
    <message>
        <source>Column %1 of the target has no counterpart and is left as it is.</source>
        <translation>目标端的列 %1 没有对应列，保持原样。</translation>
    </message>
    <message>
        <source>Column %1 is computed by the target and is not written.</source>
        <translation>列 %1 由目标端计算得出，不写入。</translation>
    </message>
    <message>
        <source>Column %1 of the target needs a value, and nothing is mapped to it: inserts will be refused.</source>
        <translation>目标端的列 %1 必须有值，但没有列与之对应：新增的行会被拒绝。</translation>
    </message>
    <message>
        <source>Column %1 is narrower at the target (%2): rows that do not fit are set aside.</source>
        <translation>列 %1 在目标端较窄（%2）：放不下的行将被搁置。</translation>
    </message>
    <message>
        <source>Column %1 keeps fewer digits at the target (%2).</source>
        <translation>列 %1 在目标端保留的位数较少（%2）。</translation>
    </message>
    <message>
        <source>Column %1 (%2) is carried over as its exact text.</source>
        <translation>列 %1（%2）按其原文传输。</translation>
    </message>
    <message>
        <source>Column %1 has no time zone: it is compared as written.</source>
        <translation>列 %1 不带时区：按字面比较。</translation>
    </message>
    <message>
        <source>Column %1: the target&apos;s collation (%2) takes some different keys for the same; such rows are set aside.</source>
        <translation>列 %1：目标端的排序规则（%2）会把某些不同的键视为相同；这样的行将被搁置。</translation>
    </message>
    <message>
        <source>The key is not in the same order at both sides: rows are matched in memory and on disk.</source>
        <translation>两端的键顺序不同：将在内存和磁盘中匹配各行。</translation>
    </message>
    <message>
        <source>The target offers no lock: only this workspace is kept from running the job twice at a time.</source>
        <translation>目标端不提供锁：只能防止本工作区同时运行该任务两次。</translation>
    </message>
    <message>
        <source>The lock does not hold, as behind a pooling proxy: connect to the database directly.</source>
        <translation>锁无法保持（例如经由连接池代理时）：应直接连接数据库。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not verified (%1).</source>
        <translation>未验证服务器证书（%1）。</translation>
    </message>
    <message>
        <source>The source is a standby: its clock and the lag rule, not its transactions, bound what is read.</source>
        <translation>源端是备库：读取范围由其时钟和重读时长决定，而非由其事务决定。</translation>
    </message>
    <message>
        <source>Tidemark keeps a checkpoint and a random token in the target, to know it again (%1).</source>
        <translation>Tidemark 在目标端保存检查点和一个随机标识，以便再次辨认（%1）。</translation>
    </message>
    <message>
        <source>The first run creates Tidemark&apos;s own table: %1</source>
        <translation>首次运行将创建 Tidemark 自己的表：%1</translation>
    </message>
    <message>
        <source>The run creates this table: %1</source>
        <translation>运行时将创建此表：%1</translation>
    </message>
    <message>
        <source>The target&apos;s triggers fire on every write: %1</source>
        <translation>每次写入都会触发目标端的触发器：%1</translation>
    </message>
    <message>
        <source>Deleting here also changes other tables: %1</source>
        <translation>在此删除还会改动其他表：%1</translation>
    </message>
    <message>
        <source>The last %1 before each run are read again, for rows that were committed late.</source>
        <translation>每次运行都会重读此前 %1 内的行，以免遗漏较晚提交的行。</translation>
    </message>
    <message>
        <source>There is no index on %1: every run reads the whole table.</source>
        <translation>%1 没有索引：每次运行都会读取整个表。</translation>
    </message>
    <message>
        <source>Setting the flag at the source fires a trigger or changes another column: %1</source>
        <translation>在源端设置标记会触发触发器或改动其他列：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a table and what is to be said of it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: the environment variable %2 is not set.</source>
        <translation>%1：未设置环境变量 %2。</translation>
    </message>
    <message>
        <source>Set it to the password, or let the connection take the password from a file.</source>
        <translation>将其设为密码，或让连接从文件读取密码。</translation>
    </message>
    <message>
        <source>%1: nobody is here to type the password.</source>
        <translation>%1：此处无人可以输入密码。</translation>
    </message>
    <message>
        <source>Run it in a terminal, or take the password from the environment or a file.</source>
        <translation>在终端中运行，或改从环境变量或文件读取密码。</translation>
    </message>
    <message>
        <source>%1 refused the password of %2.</source>
        <translation>%1 拒绝了用户 %2 的密码。</translation>
    </message>
    <message>
        <source>%1 refused the password.</source>
        <translation>%1 拒绝了密码。</translation>
    </message>
    <message>
        <source>Check user and password.</source>
        <translation>检查用户和密码。</translation>
    </message>
    <message>
        <source>%1 has no database %2.</source>
        <translation>%1 上没有数据库 %2。</translation>
    </message>
    <message>
        <source>%1: there is no such database.</source>
        <translation>%1：没有这个数据库。</translation>
    </message>
    <message>
        <source>Check its name, or create it.</source>
        <translation>检查名称，或先创建它。</translation>
    </message>
    <message>
        <source>%1: the user may not do what the job needs.</source>
        <translation>%1：该用户没有任务所需的权限。</translation>
    </message>
    <message>
        <source>%1: the user may not do what is needed.</source>
        <translation>%1：该用户没有所需的权限。</translation>
    </message>
    <message>
        <source>Grant the missing right, or use another user.</source>
        <translation>授予所缺的权限，或换用其他用户。</translation>
    </message>
    <message>
        <source>The certificate of %1 is for another host name.</source>
        <translation>%1 的证书属于另一个主机名。</translation>
    </message>
    <message>
        <source>Use the host name of the certificate.</source>
        <translation>使用证书中的主机名。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted.</source>
        <translation>%1 的证书不受信任。</translation>
    </message>
    <message>
        <source>%1 does not offer an encrypted connection.</source>
        <translation>%1 不提供加密连接。</translation>
    </message>
    <message>
        <source>%1: a password must not stand in clear.</source>
        <translation>%1：密码不得以明文写出。</translation>
    </message>
    <message>
        <source>The connection</source>
        <translation>该连接</translation>
    </message>
    <message>
        <source>Give it as {&quot;keychain&quot;: KEY}, {&quot;env&quot;: NAME}, {&quot;file&quot;: PATH} or &quot;ask&quot;.</source>
        <translation>可写作 {&quot;keychain&quot;: KEY}、{&quot;env&quot;: NAME}、{&quot;file&quot;: PATH} 或 &quot;ask&quot;。</translation>
    </message>
    <message>
        <source>Others may read the password file %1.</source>
        <translation>其他用户可以读取密码文件 %1。</translation>
    </message>
    <message>
        <source>Allow its owner alone to read it: chmod 600.</source>
        <translation>只允许所有者读取：chmod 600。</translation>
    </message>
    <message>
        <source>%1 is not an SQLite database.</source>
        <translation>%1 不是 SQLite 数据库。</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>指定另一个文件。</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1 已损坏。</translation>
    </message>
    <message>
        <source>Restore it from a backup.</source>
        <translation>从备份恢复。</translation>
    </message>
    <message>
        <source>%1 cannot be written: it is read-only.</source>
        <translation>无法写入 %1：它是只读的。</translation>
    </message>
    <message>
        <source>Choose another target, or allow writing there.</source>
        <translation>选择另一个目标端，或允许写入。</translation>
    </message>
    <message>
        <source>%1 runs version %2, which is too old.</source>
        <translation>%1 的版本 %2 过旧。</translation>
    </message>
    <message>
        <source>The server of %1 is too old.</source>
        <translation>%1 的服务器版本过旧。</translation>
    </message>
    <message>
        <source>Needed is version %1 or later.</source>
        <translation>需要版本 %1 或更高。</translation>
    </message>
    <message>
        <source>Update the server.</source>
        <translation>升级服务器。</translation>
    </message>
    <message>
        <source>What answers at %1 is not the database server that was expected.</source>
        <translation>在 %1 应答的不是预期的数据库服务器。</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>something that is not empty</source>
        <translation>非空内容</translation>
    </message>
    <message>
        <source>a text without control characters</source>
        <translation>不含控制字符的文本</translation>
    </message>
    <message>
        <source>a shorter name</source>
        <translation>更短的名称</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>an object { … }</source>
        <translation>对象 { … }</translation>
    </message>
    <message>
        <source>a list [ … ]</source>
        <translation>列表 [ … ]</translation>
    </message>
    <message>
        <source>nothing (null)</source>
        <translation>空 (null)</translation>
    </message>
    <message>
        <source>a duration such as 30s or 15m</source>
        <translation>时长，例如 30s 或 15m</translation>
    </message>
    <message>
        <source>a size such as 8MiB</source>
        <translation>大小，例如 8MiB</translation>
    </message>
    <message>
        <source>a UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>a time zone such as Europe/Berlin</source>
        <translation>时区，例如 Asia/Shanghai</translation>
    </message>
    <message>
        <source>a SHA-256 fingerprint of 64 hexadecimal digits</source>
        <translation>64 位十六进制的 SHA-256 指纹</translation>
    </message>
    <message>
        <source>the path of a file</source>
        <translation>文件路径</translation>
    </message>
    <message>
        <source>a URL such as postgres://user@host/database</source>
        <translation>URL，例如 postgres://user@host/database</translation>
    </message>
    <message>
        <source>a connection&apos;s name or an object { … }</source>
        <translation>连接名称或对象 { … }</translation>
    </message>
    <message>
        <source>another value than for pending</source>
        <translation>与 pending 不同的值</translation>
    </message>
    <message>
        <source>[schema, table]</source>
        <translation>[schema, table]</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between alternatives</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Known here: %1.</source>
        <translation>此处可用：%1。</translation>
    </message>
    <message>
        <source>Is %1 meant?</source>
        <translation>是否指 %1？</translation>
    </message>
    <message>
        <source>Expected here: %1.</source>
        <translation>此处应为：%1。</translation>
    </message>
    <message>
        <source>%1 is not possible here.</source>
        <translation>此处不能使用 %1。</translation>
    </message>
    <message>
        <source>%1: %2 is not possible here.</source>
        <translation>%1：此处不能使用：%2。</translation>
    </message>
    <message>
        <source>%1: this value is not possible here.</source>
        <translation>%1：此处不能使用该值。</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>缺少 %1。</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>该文件</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>检查路径。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>检查其权限。</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Check the permissions of the file and of its folder.</source>
        <translation>检查文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>%1 is a folder, not a file.</source>
        <translation>%1 是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>指定其中的一个文件。</translation>
    </message>
    <message>
        <source>%1 is not valid JSON at line %2.</source>
        <translation>%1 不是有效的 JSON，错误位于 %2。</translation>
    </message>
    <message>
        <source>%1 is not valid JSON.</source>
        <translation>%1 不是有效的 JSON。</translation>
    </message>
    <message>
        <source>Mend the text at that place.</source>
        <translation>修正该处文本。</translation>
    </message>
    <message>
        <source>%1 is not a known key.</source>
        <translation>%1 不是已知的键名。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Tidemark.</source>
        <translation>%1 由更高版本的 Tidemark 写入。</translation>
    </message>
    <message>
        <source>Use that version, or another workspace.</source>
        <translation>使用该版本，或换用其他工作区。</translation>
    </message>
    <message>
        <source>tidemark-cli %1 --help shows how.</source>
        <translation>用法见 tidemark-cli %1 --help。</translation>
    </message>
    <message>
        <source>tidemark-cli --help shows how.</source>
        <translation>用法见 tidemark-cli --help。</translation>
    </message>
    <message>
        <source>Connection %1 is used by job %2.</source>
        <translation>任务 %2 正在使用连接 %1。</translation>
    </message>
    <message>
        <source>Remove that job first, or let it use another connection.</source>
        <translation>先移除该任务，或让它使用其他连接。</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other.</source>
        <translation>%1 与 %2 不能同时使用。</translation>
    </message>
    <message>
        <source>%1 is not a value for %2.</source>
        <translation>%1 不是 %2 的有效值。</translation>
    </message>
    <message>
        <source>Option %1 needs %2.</source>
        <translation>选项 %1 需要 %2。</translation>
    </message>
    <message>
        <source>%1 is not an option here.</source>
        <translation>此处没有选项 %1。</translation>
    </message>
    <message>
        <source>%1 needs %2.</source>
        <translation>%1 需要 %2。</translation>
    </message>
    <message>
        <source>%1 is one argument too many for %2.</source>
        <translation>%2 不接受多余的参数 %1。</translation>
    </message>
    <message>
        <source>There is no command %1.</source>
        <translation>没有命令 %1。</translation>
    </message>
    <message>
        <source>tidemark-cli --help lists them.</source>
        <translation>命令列表见 tidemark-cli --help。</translation>
    </message>
    <message>
        <source>No command is named.</source>
        <translation>未指定命令。</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>将其去掉。</translation>
    </message>
    <message>
        <source>%1 is not available in this version.</source>
        <translation>此版本尚不支持 %1。</translation>
    </message>
    <message>
        <source>This is not available in this version.</source>
        <translation>此版本尚不支持。</translation>
    </message>
    <message>
        <source>%1: %2 is not available in this version.</source>
        <translation>%1：此版本尚不支持 %2。</translation>
    </message>
    <message>
        <source>Choose another value.</source>
        <translation>选择其他值。</translation>
    </message>
    <message>
        <source>%1 stands twice.</source>
        <translation>%1 出现了两次。</translation>
    </message>
    <message>
        <source>Keep one of the two.</source>
        <translation>只保留其一。</translation>
    </message>
    <message>
        <source>There is already a job named %1.</source>
        <translation>已有名为 %1 的任务。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>换一个名称。</translation>
    </message>
    <message>
        <source>There is already a connection named %1.</source>
        <translation>已有名为 %1 的连接。</translation>
    </message>
    <message>
        <source>This name is already taken.</source>
        <translation>该名称已被占用。</translation>
    </message>
    <message>
        <source>There is no connection named %1.</source>
        <translation>没有名为 %1 的连接。</translation>
    </message>
    <message>
        <source>Make it first, or name another.</source>
        <translation>先创建它，或指定其他连接。</translation>
    </message>
    <message>
        <source>%1: there is no connection named %2.</source>
        <translation>%1：没有名为 %2 的连接。</translation>
    </message>
    <message>
        <source>There is no job named %1.</source>
        <translation>没有名为 %1 的任务。</translation>
    </message>
    <message>
        <source>Name a job of this workspace, or the path of a job file.</source>
        <translation>指定本工作区的任务，或任务文件的路径。</translation>
    </message>
    <message>
        <source>This plan does not fit any more: the job or a table has changed since.</source>
        <translation>此计划已不适用：任务或表在其后有改动。</translation>
    </message>
    <message>
        <source>Compare again and approve the new plan.</source>
        <translation>重新比较并批准新的计划。</translation>
    </message>
    <message>
        <source>This job file is not trusted yet.</source>
        <translation>尚未信任此任务文件。</translation>
    </message>
    <message>
        <source>Look through it and trust it first.</source>
        <translation>先查看并信任它。</translation>
    </message>
    <message>
        <source>Another run of this job is under way. Nothing was done.</source>
        <translation>该任务正在另一处运行，未执行任何操作。</translation>
    </message>
    <message>
        <source>Wait until it ends.</source>
        <translation>等待其结束。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Nothing written.</source>
        <translation>未写入任何数据。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) written.</source>
        <translation>
            <numerusform>已写入 %Ln 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation>无需同步，两端一致。</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>无需同步。</translation>
    </message>
    <message numerus="yes">
        <source>All %n table(s) equal.</source>
        <translation>
            <numerusform>全部 %n 个表一致。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) would change. Nothing has been written yet.</source>
        <translation>
            <numerusform>将有 %Ln 行发生变化。尚未写入任何数据。</numerusform>
        </translation>
    </message>
    <message>
        <source>Written: %1. Needs you: %2.</source>
        <translation>已写入 %1 行，%2 行待处理。</translation>
    </message>
    <message>
        <source>The run was interrupted.</source>
        <translation>运行被中断。</translation>
    </message>
    <message>
        <source>%1: the value %2 cannot be kept exactly as %3.</source>
        <translation>%1：值 %2 无法以 %3 精确保存。</translation>
    </message>
    <message>
        <source>%1: the value %2 cannot be kept exactly.</source>
        <translation>%1：值 %2 无法精确保存。</translation>
    </message>
    <message>
        <source>%1: the value cannot be kept exactly.</source>
        <translation>%1：该值无法精确保存。</translation>
    </message>
    <message>
        <source>Change the value, or the column&apos;s type at the target.</source>
        <translation>修改该值，或修改目标端列的类型。</translation>
    </message>
    <message>
        <source>%1: the value is too long for the target.</source>
        <translation>%1：该值对目标端来说过长。</translation>
    </message>
    <message>
        <source>Shorten it, or widen the column at the target.</source>
        <translation>缩短该值，或加宽目标端的列。</translation>
    </message>
    <message>
        <source>%1: the value is out of the target&apos;s range.</source>
        <translation>%1：该值超出目标端的取值范围。</translation>
    </message>
    <message>
        <source>%1 must not be NULL at the target.</source>
        <translation>%1 在目标端不能为 NULL。</translation>
    </message>
    <message>
        <source>Give it a value at the source, or allow NULL at the target.</source>
        <translation>在源端填入值，或在目标端允许 NULL。</translation>
    </message>
    <message>
        <source>%1: the target&apos;s check %2 refuses the row.</source>
        <translation>%1：目标端的检查约束 %2 拒绝了该行。</translation>
    </message>
    <message>
        <source>%1: a check of the target refuses the row.</source>
        <translation>%1：目标端的检查约束拒绝了该行。</translation>
    </message>
    <message>
        <source>Change the row, or the check.</source>
        <translation>修改该行，或修改检查约束。</translation>
    </message>
    <message>
        <source>%1: the row that it refers to is not at the target (%2).</source>
        <translation>%1：它引用的行不在目标端（%2）。</translation>
    </message>
    <message>
        <source>%1: the row that it refers to is not at the target.</source>
        <translation>%1：它引用的行不在目标端。</translation>
    </message>
    <message>
        <source>Let the job include the table that is referred to.</source>
        <translation>让任务包含被引用的表。</translation>
    </message>
    <message>
        <source>%1: another row of the target has this value already (%2).</source>
        <translation>%1：目标端已有另一行使用该值（%2）。</translation>
    </message>
    <message>
        <source>%1: another row of the target has this value already.</source>
        <translation>%1：目标端已有另一行使用该值。</translation>
    </message>
    <message>
        <source>Make the value unique at the source, or change the index at the target.</source>
        <translation>让该值在源端唯一，或修改目标端的索引。</translation>
    </message>
    <message>
        <source>%1: the target takes two different keys for the same.</source>
        <translation>%1：目标端把两个不同的键视为相同。</translation>
    </message>
    <message>
        <source>Change one of the keys, or the collation of the key at the target.</source>
        <translation>修改其中一个键，或修改目标端键的排序规则。</translation>
    </message>
    <message>
        <source>Run it again; it goes on from the last commit.</source>
        <translation>再次运行，将从最近一次提交处继续。</translation>
    </message>
    <message>
        <source>There is no host named %1.</source>
        <translation>没有名为 %1 的主机。</translation>
    </message>
    <message>
        <source>Check the host name and the network.</source>
        <translation>检查主机名和网络。</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>%1 没有应答。</translation>
    </message>
    <message>
        <source>Check host and port, and that the server runs.</source>
        <translation>检查主机和端口，并确认服务器正在运行。</translation>
    </message>
    <message>
        <source>%1 did not answer within %2.</source>
        <translation>%1 未在 %2 内应答。</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 未及时应答。</translation>
    </message>
    <message>
        <source>Run it again, or raise the connection&apos;s time-out.</source>
        <translation>再次运行，或加大连接的超时时间。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>与 %1 的连接已断开。</translation>
    </message>
    <message>
        <source>%1 is shutting down or starting.</source>
        <translation>%1 正在关闭或启动。</translation>
    </message>
    <message>
        <source>%1 accepts no more connections.</source>
        <translation>%1 不再接受更多连接。</translation>
    </message>
    <message>
        <source>%1 gave another transaction way.</source>
        <translation>%1 让另一个事务先行。</translation>
    </message>
    <message>
        <source>%1 is locked by another program.</source>
        <translation>%1 被另一个程序锁定。</translation>
    </message>
    <message>
        <source>Run it again when the other is done.</source>
        <translation>待对方完成后再次运行。</translation>
    </message>
    <message>
        <source>The disk of %1 is full.</source>
        <translation>%1 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, then run it again.</source>
        <translation>腾出空间后再次运行。</translation>
    </message>
    <message>
        <source>%1 cannot be read or written.</source>
        <translation>无法读写 %1。</translation>
    </message>
    <message>
        <source>Check the disk, then run it again.</source>
        <translation>检查磁盘后再次运行。</translation>
    </message>
    <message>
        <source>The answer of %1 broke off in the middle. Nothing was concluded from it.</source>
        <translation>%1 的应答中途断开，未据此得出任何结论。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost while it was committing.</source>
        <translation>提交期间与 %1 的连接断开。</translation>
    </message>
    <message>
        <source>Run it again: it finds out what was committed.</source>
        <translation>再次运行：它会查明哪些内容已提交。</translation>
    </message>
    <message>
        <source>Leave the column out of the job, or change its type at one side.</source>
        <translation>在任务中略去该列，或修改其中一端的类型。</translation>
    </message>
    <message>
        <source>%1: %2 and %3 cannot be kept equal.</source>
        <translation>%1：%2 与 %3 无法保持一致。</translation>
    </message>
    <message>
        <source>%1: the type %2 cannot be kept at the other side.</source>
        <translation>%1：类型 %2 无法在另一端保存。</translation>
    </message>
    <message>
        <source>%1: the types of both sides cannot be kept equal.</source>
        <translation>%1：两端的类型无法保持一致。</translation>
    </message>
    <message>
        <source>the table</source>
        <translation>该表</translation>
    </message>
    <message>
        <source>%1 has no table %2.</source>
        <translation>%1 中没有表 %2。</translation>
    </message>
    <message>
        <source>There is no table %1.</source>
        <translation>没有表 %1。</translation>
    </message>
    <message>
        <source>%1 has no column %2.</source>
        <translation>%1 没有列 %2。</translation>
    </message>
    <message>
        <source>Check the name in the job.</source>
        <translation>检查任务中的名称。</translation>
    </message>
    <message>
        <source>%1 could mean several: %2.</source>
        <translation>%1 可能指多个对象：%2。</translation>
    </message>
    <message>
        <source>%1 could mean several names.</source>
        <translation>%1 可能指多个名称。</translation>
    </message>
    <message>
        <source>Name the right one in the job.</source>
        <translation>在任务中写明所指的那个。</translation>
    </message>
    <message>
        <source>%1 was changed at column %2 during the run.</source>
        <translation>运行期间 %1 的列 %2 被改动。</translation>
    </message>
    <message>
        <source>%1 was changed during the run.</source>
        <translation>运行期间 %1 被改动。</translation>
    </message>
    <message>
        <source>Check the job against the new columns, then run it again.</source>
        <translation>对照新的列检查任务，然后再次运行。</translation>
    </message>
    <message>
        <source>%1 has neither a primary key nor a unique index without NULL.</source>
        <translation>%1 既没有主键，也没有不含 NULL 的唯一索引。</translation>
    </message>
    <message>
        <source>Name columns in the job that identify a row: &quot;key&quot;: [ … ].</source>
        <translation>在任务中指定能标识一行的列：&quot;key&quot;: [ … ]。</translation>
    </message>
    <message>
        <source>%1: several rows have the key %2.</source>
        <translation>%1：有多行的键为 %2。</translation>
    </message>
    <message>
        <source>%1: several rows have the same key.</source>
        <translation>%1：有多行的键相同。</translation>
    </message>
    <message>
        <source>Name key columns in the job that identify one row.</source>
        <translation>在任务中指定能唯一标识一行的键列。</translation>
    </message>
    <message>
        <source>%1: a key is NULL or cannot be read.</source>
        <translation>%1：键为 NULL 或无法读取。</translation>
    </message>
    <message>
        <source>Name key columns in the job that are never NULL.</source>
        <translation>在任务中指定绝不为 NULL 的键列。</translation>
    </message>
    <message>
        <source>No table of the source has a counterpart at the target.</source>
        <translation>源端的表在目标端都没有对应的表。</translation>
    </message>
    <message>
        <source>%1 does not accept the filter.</source>
        <translation>%1 不接受该筛选条件。</translation>
    </message>
    <message>
        <source>Source and target are the same table: %1. %2 is the source&apos;s file by another name.</source>
        <translation>源端与目标端是同一个表：%1。%2 是源端文件的另一个名称。</translation>
    </message>
    <message>
        <source>Source and target are the same table: %1.</source>
        <translation>源端与目标端是同一个表：%1。</translation>
    </message>
    <message>
        <source>Choose another target.</source>
        <translation>选择另一个目标端。</translation>
    </message>
    <message>
        <source>%1 cannot take back what was written to it: its storage engine knows no transactions.</source>
        <translation>%1 无法撤回已写入的内容：其存储引擎不支持事务。</translation>
    </message>
    <message>
        <source>%1 hides rows from this user, so that nothing can be concluded from what is missing.</source>
        <translation>%1 对该用户隐藏了部分行，因此无法从缺失的行得出结论。</translation>
    </message>
    <message>
        <source>Use a user that sees all rows.</source>
        <translation>使用能看到全部行的用户。</translation>
    </message>
    <message>
        <source>%1: the database refused a statement.</source>
        <translation>%1：数据库拒绝了一条语句。</translation>
    </message>
    <message>
        <source>%1 refused a statement.</source>
        <translation>%1 拒绝了一条语句。</translation>
    </message>
    <message>
        <source>The database&apos;s own words tell why.</source>
        <translation>原因见数据库返回的原文。</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>the database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>A row</source>
        <translation>某一行</translation>
    </message>
    <message>
        <source>A fault in Tidemark itself stopped this.</source>
        <translation>Tidemark 自身的错误使操作中止。</translation>
    </message>
    <message>
        <source>Run it again, and report it with the text below.</source>
        <translation>再次运行，并附上所示文字报告此问题。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在比较</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>正在收尾</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Both sides are equal.</source>
        <translation>两端一致。</translation>
    </message>
    <message>
        <source>The target does not have this row.</source>
        <translation>目标端没有该行。</translation>
    </message>
    <message>
        <source>The two sides have different values.</source>
        <translation>两端的值不同。</translation>
    </message>
    <message>
        <source>The source does not have this row any more.</source>
        <translation>源端已没有该行。</translation>
    </message>
    <message>
        <source>The row is still at the source, but no longer matches the filter.</source>
        <translation>该行仍在源端，但不再符合筛选条件。</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>a file that does not exist yet</source>
        <translation>尚不存在的文件</translation>
    </message>
    <message>
        <source>Column %1: digits after the point are cut to what the target keeps (%2).</source>
        <translation>列 %1：小数部分会舍去目标端保留不了的位数（%2）。</translation>
    </message>
    <message>
        <source>%1 is indexed.</source>
        <translation>%1 有索引。</translation>
    </message>
    <message>
        <source>%1 is indexed (%2).</source>
        <translation>%1 有索引（%2）。</translation>
    </message>
    <message>
        <source>There is no index on %1, and none is needed: every run reads the whole table.</source>
        <translation>%1 没有索引，也不需要索引：每次运行都会读取整个表。</translation>
    </message>
    <message>
        <source>%1 is never empty.</source>
        <translation>%1 没有空值。</translation>
    </message>
    <message>
        <source>%1 is empty in %2: such rows are never found.</source>
        <translation>%1 为空：%2；这些行永远不会被发现。</translation>
    </message>
    <message>
        <source>%1 tells days alone: every run reads all rows of the last day again.</source>
        <translation>%1 只精确到天：每次运行都会重新读取最后一天的所有行。</translation>
    </message>
    <message>
        <source>%1 has fractions of a second.</source>
        <translation>%1 精确到秒以下。</translation>
    </message>
    <message>
        <source>%1 tells whole seconds: rows of the last second are read again.</source>
        <translation>%1 精确到秒：最后一秒的行会重新读取。</translation>
    </message>
    <message>
        <source>%1 tells whole seconds, and the lag is shorter than one: changes could be missed.</source>
        <translation>%1 只精确到秒，而回看时间不足一秒：可能漏掉变更。</translation>
    </message>
    <message>
        <source>%1 is in UTC.</source>
        <translation>%1 采用 UTC。</translation>
    </message>
    <message>
        <source>%1 is filled with the machine&apos;s local time: one hour repeats each autumn.</source>
        <translation>%1 填入的是本机的本地时间：每年秋季有一小时会重复。</translation>
    </message>
    <message>
        <source>%1 has no time zone: only who writes it knows which one is meant.</source>
        <translation>%1 不带时区：只有写入方知道是哪个时区。</translation>
    </message>
    <message>
        <source>%1 has no time zone; the server fills it in %2.</source>
        <translation>%1 不带时区，由服务器按 %2 填入。</translation>
    </message>
    <message>
        <source>%1 has no time zone, and the server fills it in %2: one hour repeats each autumn.</source>
        <translation>%1 不带时区，且由服务器按 %2 填入：每年秋季有一小时会重复。</translation>
    </message>
    <message>
        <source>%1 has no time zone; the server is set to %2, the application may mean another one.</source>
        <translation>%1 不带时区；服务器设为 %2，应用程序用的可能是别的时区。</translation>
    </message>
    <message>
        <source>The server sets %1 at every update (ON UPDATE).</source>
        <translation>每次更新时由服务器设置 %1（ON UPDATE）。</translation>
    </message>
    <message>
        <source>Trigger %2 sets %1 at every update.</source>
        <translation>触发器 %2 在每次更新时设置 %1。</translation>
    </message>
    <message>
        <source>Whether a trigger sets %1 cannot be seen: this user has no TRIGGER right.</source>
        <translation>无法得知是否有触发器设置 %1：该用户没有 TRIGGER 权限。</translation>
    </message>
    <message>
        <source>%1 is set when a row is inserted (%2) and by no trigger when it is updated; over %3 rows it never steps back, so updates do not move it.</source>
        <translation>%1 在新增行时设置（%2），更新时没有触发器设置它；在 %3 行中它从不回退，可见更新不会改变它。</translation>
    </message>
    <message>
        <source>%1 is set when a row is inserted (%2); at an update only the application can set it.</source>
        <translation>%1 在新增行时设置（%2）；更新时只能由应用程序设置。</translation>
    </message>
    <message>
        <source>No trigger sets %1: whether the application does so at every change cannot be seen.</source>
        <translation>没有触发器设置 %1：应用程序是否在每次变更时设置它，无法得知。</translation>
    </message>
    <message>
        <source>%1 counts the changes of each row by itself.</source>
        <translation>%1 分别记录每一行的变更次数。</translation>
    </message>
    <message>
        <source>%1 counts the changes of each row by itself (%2 share one value): as one growing number it would miss changes.</source>
        <translation>%1 分别记录每一行的变更次数（值相同：%2）：当作全表递增的号码会漏掉变更。</translation>
    </message>
    <message>
        <source>%1 is one growing number for the whole table.</source>
        <translation>%1 是全表递增的号码。</translation>
    </message>
    <message>
        <source>%1 is one growing number for the whole table: comparing it row by row reads more than needed.</source>
        <translation>%1 是全表递增的号码：逐行比较会读取不必要的数据。</translation>
    </message>
    <message>
        <source>Whether %1 is one growing number or a counter of each row cannot be told from these values.</source>
        <translation>从这些值无法判断 %1 是全表递增的号码还是每行的计数。</translation>
    </message>
    <message>
        <source>%1 sorts as it should.</source>
        <translation>%1 的排序正确。</translation>
    </message>
    <message>
        <source>%1 does not sort as time or number: %2 are out of place or cannot be read.</source>
        <translation>%1 的排序与时间或大小不符（位置不对或无法识别：%2）。</translation>
    </message>
    <message>
        <source>The sequence of %1 counts downwards.</source>
        <translation>%1 的序列是递减的。</translation>
    </message>
    <message>
        <source>The sequence of %1 starts again at its end.</source>
        <translation>%1 的序列到头后会重新开始。</translation>
    </message>
    <message>
        <source>The sequence of %1 hands out one number at a time.</source>
        <translation>%1 的序列每次分配一个号码。</translation>
    </message>
    <message>
        <source>The sequence of %1 hands out %2 numbers at a time: they do not grow with time.</source>
        <translation>%1 的序列每次分配 %2 个号码：号码不随时间递增。</translation>
    </message>
    <message>
        <source>Setting %1 fires nothing.</source>
        <translation>设置 %1 不会引发其他动作。</translation>
    </message>
    <message>
        <source>Setting %1 also fires or changes: %2</source>
        <translation>设置 %1 还会引发或改动：%2</translation>
    </message>
    <message>
        <source>%1 has other values than the two (%2); such rows are never found.</source>
        <translation>%1 还有这两个值以外的值（%2）；这些行永远不会被发现。</translation>
    </message>
    <message>
        <source>Values of %1: %2.</source>
        <translation>%1 的值：%2。</translation>
    </message>
    <message>
        <source>At most %1 share one value of %2.</source>
        <translation>%2 中值相同的行最多：%1。</translation>
    </message>
    <message>
        <source>%1 share one value of %2: while it is the last one, every run reads them again.</source>
        <translation>%2 的值相同：%1；当它是最后一个值时，每次运行都会重新读取这些行。</translation>
    </message>
    <message>
        <source>No stamp in %1 is later than the server&apos;s clock.</source>
        <translation>%1 中没有晚于服务器时钟的时间戳。</translation>
    </message>
    <message>
        <source>%1 are later in %2 than the server&apos;s clock: every run reads them again.</source>
        <translation>%2 晚于服务器时钟：%1；每次运行都会重新读取这些行。</translation>
    </message>
    <message>
        <source>Transactions that are still open are accounted for; the last %1 are read again.</source>
        <translation>已考虑尚未提交的事务；最近 %1 会重新读取。</translation>
    </message>
    <message>
        <source>This user cannot see the transactions of others: rows committed more than %1 after their stamp would be missed.</source>
        <translation>该用户看不到其他用户的事务：时间戳之后超过 %1 才提交的行会漏掉。</translation>
    </message>
    <message>
        <source>The key is %1.</source>
        <translation>键是 %1。</translation>
    </message>
    <message>
        <source>There is no primary key and no unique index without NULL: rows cannot be matched.</source>
        <translation>没有主键，也没有不含 NULL 的唯一索引：无法匹配行。</translation>
    </message>
    <message>
        <source>Every run reads all rows; how many is not known.</source>
        <translation>每次运行都会读取所有行，行数未知。</translation>
    </message>
    <message>
        <source>Every run reads all rows (≈ %1).</source>
        <translation>每次运行都会读取所有行（≈ %1）。</translation>
    </message>
    <message>
        <source>%1: not known, the query took too long.</source>
        <translation>%1：未知，查询用时过长。</translation>
    </message>
    <message>
        <source>%1: not known (%2).</source>
        <translation>%1：未知（%2）。</translation>
    </message>
    <message>
        <source>Good</source>
        <comment>a grade</comment>
        <translation>良好</translation>
    </message>
    <message>
        <source>Unknown</source>
        <comment>a grade</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>Caution</source>
        <comment>a grade</comment>
        <translation>注意</translation>
    </message>
    <message>
        <source>Problem</source>
        <comment>a grade</comment>
        <translation>问题</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Empty values</source>
        <translation>空值</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Who sets it</source>
        <translation>由谁设置</translation>
    </message>
    <message>
        <source>Rows that share a value</source>
        <translation>值相同的行</translation>
    </message>
    <message>
        <source>Stamps in the future</source>
        <translation>未来的时间戳</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Late commits</source>
        <translation>延迟提交</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Triggers</source>
        <translation>触发器</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Whether %1 is ever empty is not known.</source>
        <translation>%1 是否有空值未知。</translation>
    </message>
    <message>
        <source>%1 has no values yet to tell its precision.</source>
        <translation>%1 还没有值，无法判断精度。</translation>
    </message>
    <message>
        <source>Whether %1 has stamps in the future is not known.</source>
        <translation>%1 是否有未来的时间戳未知。</translation>
    </message>
    <message>
        <source>%1 has no values yet to tell its order.</source>
        <translation>%1 还没有值，无法判断排序。</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <comment>a number</comment>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 of %2 sampled rows (%3)</source>
        <translation>抽样 %2 行中的 %1 行（%3）</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3)</source>
        <translation>%2 行中的 %1 行（%3）</translation>
    </message>
    <message>
        <source>Timestamp in %1</source>
        <translation>%1 中的时间戳</translation>
    </message>
    <message>
        <source>Version of each row in %1</source>
        <translation>%1 中每行的版本号</translation>
    </message>
    <message>
        <source>Version in %1</source>
        <translation>%1 中的版本号</translation>
    </message>
    <message>
        <source>Flag in %1</source>
        <translation>%1 中的标记</translation>
    </message>
    <message>
        <source>Hash of every row</source>
        <translation>每一行的哈希</translation>
    </message>
    <message>
        <source>Without a key this table cannot be synchronised.</source>
        <translation>没有键，此表无法同步。</translation>
    </message>
    <message>
        <source>The database itself stamps every change.</source>
        <translation>数据库自己为每次变更打时间戳。</translation>
    </message>
    <message>
        <source>The database itself numbers every change.</source>
        <translation>数据库自己为每次变更编号。</translation>
    </message>
    <message>
        <source>An index finds the changes without reading the rest.</source>
        <translation>借助索引即可找到变更，不必读取其余的行。</translation>
    </message>
    <message>
        <source>The table is small: reading all of it costs little.</source>
        <translation>表不大：全部读取的开销很小。</translation>
    </message>
    <message>
        <source>No column is certain to show every change.</source>
        <translation>没有哪一列一定能反映每次变更。</translation>
    </message>
    <message>
        <source>Comparing every row finds each change, whoever made it.</source>
        <translation>比较每一行能发现所有变更，无论由谁改动。</translation>
    </message>
    <message>
        <source>The table is large: a stamped column with an index would save reading all of it.</source>
        <translation>表很大：有一个带索引的时间戳列就不必全部读取。</translation>
    </message>
    <message>
        <source>Recommended: %1.</source>
        <translation>推荐：%1。</translation>
    </message>
    <message>
        <source>Column %1 (%2) takes no NULL.</source>
        <translation>列 %1（%2）不接受 NULL。</translation>
    </message>
    <message>
        <source>The row is refused.</source>
        <translation>此行被拒绝。</translation>
    </message>
    <message>
        <source>The row is refused: %1</source>
        <translation>此行被拒绝：%1</translation>
    </message>
    <message>
        <source>Column %1 (%2) refuses %3.</source>
        <translation>列 %1（%2）拒绝 %3。</translation>
    </message>
    <message>
        <source>Column %1 (%2) refuses %3: %4</source>
        <translation>列 %1（%2）拒绝 %3：%4</translation>
    </message>
    <message>
        <source>Column %1 (%2) rounds %3 to %4.</source>
        <translation>列 %1（%2）把 %3 舍入为 %4。</translation>
    </message>
    <message>
        <source>Column %1 (%2) rounds %3.</source>
        <translation>列 %1（%2）会舍入 %3。</translation>
    </message>
    <message>
        <source>Column %1 (%2) cuts %3 to %4.</source>
        <translation>列 %1（%2）把 %3 截断为 %4。</translation>
    </message>
    <message>
        <source>Column %1 (%2) pads %3 with blanks.</source>
        <translation>列 %1（%2）在 %3 后补空格。</translation>
    </message>
    <message>
        <source>Column %1 (%2) turns %3 into %4.</source>
        <translation>列 %1（%2）把 %3 变成 %4。</translation>
    </message>
    <message>
        <source>Rounded</source>
        <comment>what became of a value</comment>
        <translation>舍入</translation>
    </message>
    <message>
        <source>Cut</source>
        <comment>what became of a value</comment>
        <translation>截断</translation>
    </message>
    <message>
        <source>Padded</source>
        <comment>what became of a value</comment>
        <translation>补空格</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>what became of a value</comment>
        <translation>改变</translation>
    </message>
    <message>
        <source>Refused</source>
        <comment>what became of a value</comment>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>%1 No row of the sample has such a value.</source>
        <translation>抽样的行中没有这样的值：%1</translation>
    </message>
    <message>
        <source>%1 In row %2, and %3 more of the sample.</source>
        <translation>见于行 %2 及抽样中另外 %3 行：%1</translation>
    </message>
    <message>
        <source>%1 In row %2.</source>
        <translation>见于行 %2：%1</translation>
    </message>
    <message>
        <source>%1 rows and %2 edge values were judged by their types alone: no temporary table could be made. %3</source>
        <translation>%1 行和 %2 个边界值仅按类型判断：无法创建临时表。%3</translation>
    </message>
    <message>
        <source>%1 rows and %2 edge values came back from a temporary table as they were.</source>
        <translation>%1 行和 %2 个边界值写入临时表后原样读回。</translation>
    </message>
    <message>
        <source>To reach the tables.</source>
        <translation>用于访问这些表。</translation>
    </message>
    <message>
        <source>To read the rows.</source>
        <translation>用于读取行。</translation>
    </message>
    <message>
        <source>To insert and update rows.</source>
        <translation>用于新增和更新行。</translation>
    </message>
    <message>
        <source>To insert, update and delete rows.</source>
        <translation>用于新增、更新和删除行。</translation>
    </message>
    <message>
        <source>To mark rows of the source as done.</source>
        <translation>用于把源端的行标记为已处理。</translation>
    </message>
    <message>
        <source>To move the sequence past the numbers that were written.</source>
        <translation>用于把序列推进到已写入的号码之后。</translation>
    </message>
    <message>
        <source>To keep Tidemark&apos;s checkpoint in the target.</source>
        <translation>用于在目标端保存 Tidemark 的检查点。</translation>
    </message>
    <message>
        <source>To create the missing tables.</source>
        <translation>用于创建缺少的表。</translation>
    </message>
    <message>
        <source>To see open transactions: without it, a longer lag is read again by every run.</source>
        <translation>用于查看未提交的事务：没有它，每次运行都要重新读取更长的时间段。</translation>
    </message>
    <message>
        <source>To rehearse the types in a temporary table.</source>
        <translation>用于在临时表中试写各种类型。</translation>
    </message>
    <message>
        <source>To see which triggers there are.</source>
        <translation>用于查看有哪些触发器。</translation>
    </message>
    <message>
        <source>A right is missing: %1 %2</source>
        <comment>what it is for, and the statement that grants it</comment>
        <translation>缺少权限：%1%2</translation>
    </message>
    <message>
        <source>The connection is not encrypted (%1).</source>
        <translation>连接未加密 (%1)。</translation>
    </message>
    <message>
        <source>%1: the keychain has no password under the key %2.</source>
        <translation>%1：钥匙串中没有名为 %2 的密码。</translation>
    </message>
    <message>
        <source>A keychain belongs to one user on one machine. Enter the password in the connection.</source>
        <translation>钥匙串只属于一台计算机上的一个用户。在连接中输入密码。</translation>
    </message>
    <message>
        <source>%1: this system has no keychain to keep the password in.</source>
        <translation>%1：此系统没有可存放密码的钥匙串。</translation>
    </message>
    <message>
        <source>This system has no keychain.</source>
        <translation>此系统没有钥匙串。</translation>
    </message>
    <message>
        <source>Start the keychain service, or let the connection ask each time.</source>
        <translation>启动钥匙串服务，或将连接设为每次询问。</translation>
    </message>
    <message>
        <source>%1: the keychain with the password is locked.</source>
        <translation>%1：存放密码的钥匙串已锁定。</translation>
    </message>
    <message>
        <source>The keychain is locked.</source>
        <translation>钥匙串已锁定。</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>解锁后重试。</translation>
    </message>
    <message>
        <source>the SSH server</source>
        <translation>SSH 服务器</translation>
    </message>
    <message>
        <source>The host key of %1 is unknown, or not the one known here.</source>
        <translation>%1 的主机密钥未知，或与此处已知的不同。</translation>
    </message>
    <message>
        <source>Compare its fingerprint with the server&apos;s, then log in once with ssh in a terminal to accept it. A key that changed without a reason may be an attack.</source>
        <translation>核对其指纹与服务器的是否一致，然后在终端中用 ssh 登录一次以接受它。密钥无故改变可能是攻击。</translation>
    </message>
    <message>
        <source>%1 refused the SSH key.</source>
        <translation>%1 拒绝了 SSH 密钥。</translation>
    </message>
    <message>
        <source>Check the SSH user, and add the key to the agent (ssh-add) or name its file. Tidemark types no SSH password or passphrase.</source>
        <translation>检查 SSH 用户，并把密钥加入代理 (ssh-add) 或指定其文件。Tidemark 不输入 SSH 密码或密钥的密码。</translation>
    </message>
    <message>
        <source>%1 does not let a tunnel through to %2.</source>
        <translation>%1 不允许隧道通往 %2。</translation>
    </message>
    <message>
        <source>%1 does not let a tunnel through.</source>
        <translation>%1 不允许建立隧道。</translation>
    </message>
    <message>
        <source>Allow TCP forwarding for this user at the SSH server (AllowTcpForwarding, PermitOpen).</source>
        <translation>在 SSH 服务器上允许该用户进行 TCP 转发（AllowTcpForwarding、PermitOpen）。</translation>
    </message>
    <message>
        <source>The tunnel to %1 did not start.</source>
        <translation>到 %1 的隧道未能启动。</translation>
    </message>
    <message>
        <source>Check that ssh is installed and that its configuration is right.</source>
        <translation>检查 ssh 是否已安装，其配置是否正确。</translation>
    </message>
    <message>
        <source>No SSH server answers at %1.</source>
        <translation>%1 处没有 SSH 服务器应答。</translation>
    </message>
    <message>
        <source>Check its host and port, the network and the firewall.</source>
        <translation>检查其主机和端口、网络以及防火墙。</translation>
    </message>
    <message>
        <source>%1 does not know the host %2.</source>
        <translation>%1 找不到主机 %2。</translation>
    </message>
    <message>
        <source>Behind an SSH tunnel the host is named as that server sees it, often localhost.</source>
        <translation>经 SSH 隧道时，主机名以该服务器所见为准，常为 localhost。</translation>
    </message>
    <message>
        <source>Nothing answers at %2, as seen from %1.</source>
        <translation>从 %1 看，%2 没有应答。</translation>
    </message>
    <message>
        <source>Behind an SSH tunnel host and port are those that this server can reach.</source>
        <translation>经 SSH 隧道时，主机和端口须是该服务器能够到达的。</translation>
    </message>
    <message>
        <source>%1 answers at %2, not the database server that was expected.</source>
        <translation>在 %2 应答的是 %1，而不是预期的数据库服务器。</translation>
    </message>
    <message>
        <source>a host name or an address</source>
        <translation>主机名或地址</translation>
    </message>
    <message>
        <source>a name without blanks, quotes and signs of a shell, and without a leading hyphen</source>
        <translation>不含空格、引号和 shell 符号且不以连字符开头的名称</translation>
    </message>
    <message>
        <source>%1: the user %2 may not use the database %3.</source>
        <translation>%1：用户 %2 无权使用数据库 %3。</translation>
    </message>
    <message>
        <source>Allow this user to connect to it from here, or use another user.</source>
        <translation>允许该用户从此处连接，或换用其他用户。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the pinned one.</source>
        <translation>%1 的证书不是已固定的那一个。</translation>
    </message>
    <message>
        <source>Compare its fingerprint with the server&apos;s own before you pin it: %1</source>
        <translation>固定前先与服务器自身的指纹核对：%1</translation>
    </message>
    <message>
        <source>No two of %1 sampled rows share a value of %2.</source>
        <translation>抽样的 %1 行中，%2 没有相同的值。</translation>
    </message>
    <message>
        <source>No two rows share a value of %1.</source>
        <translation>%1 没有相同的值。</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>the end of a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 rows and %2 edge values were written to a temporary table and read back; losses: %3.</source>
        <translation>%1 行和 %2 个边界值已写入临时表并读回；损失 %3 处。</translation>
    </message>
    <message>
        <source>The precision of %1 cannot be told from its type.</source>
        <translation>从类型无法判断 %1 的精度。</translation>
    </message>
    <message>
        <source>The target&apos;s tables of engine %1 take nothing back: what was written before a failure stays.</source>
        <translation>目标表的引擎 %1 不支持回滚：失败前已写入的内容会保留。</translation>
    </message>
    <message>
        <source>%1 wants a password, and none is given.</source>
        <translation>%1 要求密码，但没有提供。</translation>
    </message>
    <message>
        <source>Let the connection take it from the keychain, the environment or a file, or ask for it.</source>
        <translation>让连接从钥匙串、环境变量或文件取得密码，或者每次询问。</translation>
    </message>
    <message>
        <source>%1 lets this user in only with a certificate that it trusts.</source>
        <translation>%1 只允许该用户使用其信任的证书登录。</translation>
    </message>
    <message>
        <source>the same condition over the target&apos;s columns, as rows outside it would be deleted there</source>
        <translation>对目标端各列的同一筛选条件，否则不符合的行会在目标端被删除</translation>
    </message>
    <message>
        <source>The lock that keeps other runs of this job out was lost, so this run stopped.</source>
        <translation>防止该任务同时运行两次的锁已丢失，本次运行因此停止。</translation>
    </message>
    <message>
        <source>The program ended before the run did.</source>
        <translation>程序在运行结束之前退出。</translation>
    </message>
    <message>
        <source>a finished plan that plan --save wrote</source>
        <translation>由 plan --save 写出的完整计划</translation>
    </message>
    <message>
        <source>Change log</source>
        <translation>变更日志</translation>
    </message>
    <message>
        <source>%1: the password was not entered.</source>
        <translation>%1：未输入密码。</translation>
    </message>
    <message>
        <source>Start again and enter it, or store it in the connection.</source>
        <translation>重新开始并输入密码，或将其保存在连接中。</translation>
    </message>
    <message>
        <source>Name the user&apos;s certificate and its key (%1, %2).</source>
        <translation>指定该用户的证书及其私钥（%1、%2）。</translation>
    </message>
    <message>
        <source>Name the authority that signed it (%1), or pin the certificate (%2).</source>
        <translation>指定签发机构（%1），或固定该证书（%2）。</translation>
    </message>
    <message>
        <source>Switch TLS on at the server. The mode %1 sends everything in clear.</source>
        <translation>在服务器上启用 TLS。模式 %1 会以明文发送全部内容。</translation>
    </message>
    <message>
        <source>Check database system, host and port.</source>
        <translation>检查数据库系统、主机和端口。</translation>
    </message>
    <message>
        <source>Run it again later, or with fewer tables at a time (%1).</source>
        <translation>稍后再次运行，或减少同时处理的表数（%1）。</translation>
    </message>
    <message>
        <source>Check its name and schema, or let the job create missing tables (%1).</source>
        <translation>检查其名称和架构，或让任务创建缺少的表（%1）。</translation>
    </message>
    <message>
        <source>Tick the columns in the job that identify a row.</source>
        <translation>在任务中勾选能标识一行的列。</translation>
    </message>
    <message>
        <source>Name tables in the job, or let it create them (%1).</source>
        <translation>在任务中指定表，或让任务创建表（%1）。</translation>
    </message>
    <message>
        <source>Mend %1 in the job: one SQL condition over columns of that side.</source>
        <translation>修正任务中的 %1：一个只涉及该端各列的 SQL 条件。</translation>
    </message>
    <message>
        <source>Change its engine to InnoDB, or accept it in the job (%1).</source>
        <translation>将其引擎改为 InnoDB，或在任务中接受这一点（%1）。</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>颁发机构</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>自有证书</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>证书私钥</translation>
    </message>
    <message>
        <source>Pinned certificate</source>
        <translation>固定的证书</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Tables at once</source>
        <translation>同时处理的表数</translation>
    </message>
    <message>
        <source>Create tables missing at the target</source>
        <translation>创建目标端没有的表</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Write without transactions</source>
        <translation>无事务也写入</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>a field of the window</comment>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Of the run %1 nothing is kept that it could be undone from.</source>
        <translation>没有保留可用于撤销运行 %1 的内容。</translation>
    </message>
    <message>
        <source>Nothing is kept that this run could be undone from.</source>
        <translation>没有保留可用于撤销此次运行的内容。</translation>
    </message>
    <message>
        <source>%1 keeps fingerprints alone: what the run overwrote there is not known.</source>
        <translation>%1 只保留指纹：不知道运行在那里覆盖了什么。</translation>
    </message>
    <message>
        <source>Set keep to cells in the job; it counts from the next run on.</source>
        <translation>在任务中将 keep 设为 cells，从下次运行起生效。</translation>
    </message>
    <message>
        <source>Give the table and the job the columns that they had then, or take the rows from history.</source>
        <translation>让表和任务恢复当时的列，或从 history 中取出这些行。</translation>
    </message>
    <message>
        <source>%1 has other columns, or is matched otherwise, than when the run wrote.</source>
        <translation>%1 的列或匹配方式与运行写入时不同。</translation>
    </message>
    <message>
        <source>The job goes to other tables or databases than when the run wrote.</source>
        <translation>任务指向的表或数据库与运行写入时不同。</translation>
    </message>
    <message>
        <source>Delete the rows by hand, or let a mirror job do it.</source>
        <translation>手动删除这些行，或交给镜像任务处理。</translation>
    </message>
    <message>
        <source>%1 was filled by the run with %2 rows and holds %3 by now: it is not emptied.</source>
        <translation>运行向 %1 填入了 %2 行，现在有 %3 行：不会清空。</translation>
    </message>
    <message>
        <source>%1 was filled by the run and holds other rows by now: it is not emptied.</source>
        <translation>%1 由运行填入，现在的行已不同：不会清空。</translation>
    </message>
    <message>
        <source>There is no run %1.</source>
        <translation>没有运行 %1。</translation>
    </message>
    <message>
        <source>There is no such run.</source>
        <translation>没有这次运行。</translation>
    </message>
    <message>
        <source>history lists the runs with their names.</source>
        <translation>history 列出各次运行及其名称。</translation>
    </message>
    <message>
        <source>This run has been undone by the run %1.</source>
        <translation>此次运行已被运行 %1 撤销。</translation>
    </message>
    <message>
        <source>This run has been undone already.</source>
        <translation>此次运行已撤销过。</translation>
    </message>
    <message>
        <source>Undo that one to have its rows again.</source>
        <translation>撤销那次运行即可恢复它的行。</translation>
    </message>
    <message>
        <source>The run %1 keeps nothing of the row %2.</source>
        <translation>运行 %1 没有保留行 %2 的任何内容。</translation>
    </message>
    <message>
        <source>history --key lists the runs that wrote it.</source>
        <translation>history --key 列出写入过它的运行。</translation>
    </message>
    <message>
        <source>The run %1 wrote nothing to %2.</source>
        <translation>运行 %1 没有向 %2 写入任何内容。</translation>
    </message>
    <message>
        <source>history lists what it wrote.</source>
        <translation>history 列出它写入的内容。</translation>
    </message>
    <message>
        <source>The run overwrote more than %1, and of that the job keeps nothing.</source>
        <translation>运行覆盖的内容超过 %1，任务没有保留这些内容。</translation>
    </message>
    <message>
        <source>Raise undo.bytes in the job; it counts from the next run on.</source>
        <translation>在任务中调大 undo.bytes，从下次运行起生效。</translation>
    </message>
    <message>
        <source>The job keeps that for %1 days at most, and up to undo.bytes.</source>
        <translation>任务最多保留 %1 天，且不超过 undo.bytes。</translation>
    </message>
    <message>
        <source>Set undo.days in the job; it counts from the next run on.</source>
        <translation>在任务中设置 undo.days，从下次运行起生效。</translation>
    </message>
    <message>
        <source>Its foreign keys cascade, and no trigger fires for that.</source>
        <translation>它的外键带有级联操作，而级联不会触发任何触发器。</translation>
    </message>
    <message>
        <source>It is partitioned or inherits: what is written to a part passes its triggers by.</source>
        <translation>它是分区表或继承表：写入其中某一部分时不会经过它的触发器。</translation>
    </message>
    <message>
        <source>It is filled by replication, which fires no such trigger.</source>
        <translation>它由复制写入，而复制不会触发这类触发器。</translation>
    </message>
    <message>
        <source>It is in a storage engine without transactions.</source>
        <translation>它使用不支持事务的存储引擎。</translation>
    </message>
    <message>
        <source>It is unlogged: a crash of the server empties it.</source>
        <translation>它是无日志（unlogged）表：服务器崩溃会将其清空。</translation>
    </message>
    <message>
        <source>It has a unique index on an expression: rows that REPLACE deletes cannot be told.</source>
        <translation>它有建立在表达式上的唯一索引：无法得知 REPLACE 删除了哪些行。</translation>
    </message>
    <message>
        <source>Its record is missing, as after an installation that was cut off.</source>
        <translation>它的记录缺失，例如安装曾被中断。</translation>
    </message>
    <message>
        <source>A trigger is missing.</source>
        <translation>缺少一个触发器。</translation>
    </message>
    <message>
        <source>A trigger is disabled.</source>
        <translation>有一个触发器被禁用。</translation>
    </message>
    <message>
        <source>A trigger is not the one that was installed.</source>
        <translation>有一个触发器不是当初安装的那个。</translation>
    </message>
    <message>
        <source>The key&apos;s columns are others than those it was installed for.</source>
        <translation>键列与安装时不同。</translation>
    </message>
    <message>
        <source>The table or its triggers were changed since the last run: the next one compares everything.</source>
        <translation>自上次运行以来，表或其触发器被更改过：下次运行将比较全部数据。</translation>
    </message>
    <message>
        <source>There is no change log, so everything was compared.</source>
        <translation>没有变更日志，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>Triggers cannot see all changes of this table, so everything was compared.</source>
        <translation>触发器无法看到此表的全部变更，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>The change log is incomplete, so everything was compared.</source>
        <translation>变更日志不完整，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>The change log is new, so everything was compared once.</source>
        <translation>变更日志是新建的，因此完整比较了一次全部数据。</translation>
    </message>
    <message>
        <source>The table or its triggers were changed since the last run, so everything was compared.</source>
        <translation>自上次运行以来，表或其触发器被更改过，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>The table was truncated, so everything was compared.</source>
        <translation>表被截断（TRUNCATE）过，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>The table may have been truncated, so everything was compared.</source>
        <translation>表可能被截断（TRUNCATE）过，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>The change log is not as the last run left it, as after a restore, so everything was compared.</source>
        <translation>变更日志与上次运行结束时不一致（例如从备份恢复之后），因此比较了全部数据。</translation>
    </message>
    <message>
        <source>Triggers cannot see all changes of this table.</source>
        <translation>触发器无法看到此表的全部变更。</translation>
    </message>
    <message>
        <source>There is no change log.</source>
        <translation>没有变更日志。</translation>
    </message>
    <message>
        <source>The change log is incomplete and has to be installed again.</source>
        <translation>变更日志不完整，需要重新安装。</translation>
    </message>
    <message>
        <source>The change log is in place.</source>
        <translation>变更日志已就绪。</translation>
    </message>
    <message>
        <source>tidemark-cli job log JOB install creates it: %1</source>
        <translation>tidemark-cli job log JOB install 会创建它：%1</translation>
    </message>
    <message>
        <source>Until it is installed, every run compares everything.</source>
        <translation>安装之前，每次运行都会比较全部数据。</translation>
    </message>
    <message>
        <source>To log changes by triggers.</source>
        <translation>通过触发器记录变更。</translation>
    </message>
    <message>
        <source>Row triggers log every change: a statement that changes many rows takes up to three times as long.</source>
        <translation>行级触发器会记录每一次变更：更改大量行的语句耗时最多约为原来的三倍。</translation>
    </message>
    <message>
        <source>Statement triggers log every change: a statement that changes many rows takes about a fifth longer.</source>
        <translation>语句级触发器会记录每一次变更：更改大量行的语句耗时约增加五分之一。</translation>
    </message>
    <message>
        <source>Row triggers log every change: a statement that changes many rows takes up to five times as long.</source>
        <translation>行级触发器会记录每一次变更：更改大量行的语句耗时最多约为原来的五倍。</translation>
    </message>
    <message>
        <source>The change log names a large part of the table, so everything was compared.</source>
        <translation>变更日志涉及表中很大一部分数据，因此比较了全部数据。</translation>
    </message>
    <message>
        <source>Insert at the source</source>
        <translation>在源端新增</translation>
    </message>
    <message>
        <source>Update at the source</source>
        <translation>在源端更新</translation>
    </message>
    <message>
        <source>Delete at the source</source>
        <translation>在源端删除</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Only the source has changed since the last sync.</source>
        <translation>上次同步后只有源端改动过。</translation>
    </message>
    <message>
        <source>Only the target has changed since the last sync.</source>
        <translation>上次同步后只有目标端改动过。</translation>
    </message>
    <message>
        <source>The source has deleted this row since the last sync.</source>
        <translation>上次同步后源端删除了该行。</translation>
    </message>
    <message>
        <source>The target has deleted this row since the last sync.</source>
        <translation>上次同步后目标端删除了该行。</translation>
    </message>
    <message>
        <source>Both sides have changed since the last sync.</source>
        <translation>上次同步后两端都改动过。</translation>
    </message>
    <message>
        <source>Both sides have inserted this row since the last sync, with different values.</source>
        <translation>上次同步后两端都新增了该行，值不同。</translation>
    </message>
    <message>
        <source>One side has deleted this row, the other one has changed it.</source>
        <translation>一端删除了该行，另一端改动了它。</translation>
    </message>
    <message>
        <source>The two sides have different values, and there is no record of what both were.</source>
        <translation>两端的值不同，且没有两端原来的值的记录。</translation>
    </message>
    <message>
        <source>The first run creates Tidemark&apos;s own table at the source, too: %1</source>
        <translation>首次运行也会在源端创建 Tidemark 自己的表：%1</translation>
    </message>
    <message>
        <source>The source&apos;s triggers fire on every write: %1</source>
        <translation>每次写入都会触发源端的触发器：%1</translation>
    </message>
    <message>
        <source>Deleting at the source also changes other tables: %1</source>
        <translation>在源端删除还会改动其他表：%1</translation>
    </message>
    <message>
        <source>The source&apos;s tables of engine %1 take nothing back: what was written before a failure stays.</source>
        <translation>源端引擎为 %1 的表无法回退：失败前已写入的会保留。</translation>
    </message>
    <message>
        <source>Its columns have merge rules, but conflicts are not decided by merging: they do nothing.</source>
        <translation>各列设有合并规则，但冲突并不用合并来解决：规则不起作用。</translation>
    </message>
    <message>
        <source>Changed on both sides.</source>
        <translation>两端都有更改。</translation>
    </message>
    <message>
        <source>On both sides with different values, and no earlier sync tells which one is newer.</source>
        <translation>两端都有此行而值不同，也没有更早的同步可判断哪一端较新。</translation>
    </message>
    <message>
        <source>Deleted at the source, changed at the target.</source>
        <translation>源端已删除，目标端已更改。</translation>
    </message>
    <message>
        <source>Changed at the source, deleted at the target.</source>
        <translation>源端已更改，目标端已删除。</translation>
    </message>
    <message>
        <source>Different on both sides.</source>
        <translation>两端不同。</translation>
    </message>
    <message>
        <source>Changed again while it was being written.</source>
        <translation>写入时又被更改。</translation>
    </message>
    <message>
        <source>A constraint of the database refuses the row.</source>
        <translation>数据库的约束拒绝此行。</translation>
    </message>
    <message>
        <source>A run was cut off while it wrote the row; whether it arrived is not known.</source>
        <translation>一次运行在写入此行时中断；是否已写入不得而知。</translation>
    </message>
    <message>
        <source>take the source</source>
        <translation>采用源端</translation>
    </message>
    <message>
        <source>take the target</source>
        <translation>采用目标端</translation>
    </message>
    <message>
        <source>a row made of both</source>
        <translation>由两端合成的行</translation>
    </message>
    <message>
        <source>leave both as they are</source>
        <translation>两端保持原样</translation>
    </message>
    <message>
        <source>nothing here (null): two-way jobs alone have it</source>
        <translation>空 (null)：只有双向任务才有此设置</translation>
    </message>
    <message>
        <source>nothing here (null): the policy newest alone has it</source>
        <translation>空 (null)：只有策略 newest 才有此设置</translation>
    </message>
    <message>
        <source>nothing here (null): the column is not compared</source>
        <translation>空 (null)：该列不参与比较</translation>
    </message>
    <message>
        <source>the number of a conflict that is open or skipped</source>
        <translation>未解决或已跳过的冲突的编号</translation>
    </message>
    <message>
        <source>the key of a conflict that is open or skipped</source>
        <translation>未解决或已跳过的冲突的键</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) need a decision.</source>
        <translation>
            <numerusform>%Ln 行需要决定。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot tell which row is newer: it holds values of the kind %2.</source>
        <translation>%1 无法判断哪一行较新：其值属于 %2 类。</translation>
    </message>
    <message>
        <source>Name a column of times or of growing numbers.</source>
        <translation>指定一个存放时间或递增数字的列。</translation>
    </message>
    <message>
        <source>%1: the rule %2 does not fit values of the kind %3.</source>
        <translation>%1：规则 %2 不适用于 %3 类的值。</translation>
    </message>
    <message>
        <source>Choose another rule for this column.</source>
        <translation>为此列选择其他规则。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) left as they are.</source>
        <translation>
            <numerusform>%Ln 个冲突保持原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>At the target: %1</source>
        <translation>目标端：%1</translation>
    </message>
    <message>
        <source>another value than for deleted</source>
        <translation>与 deleted 不同的值</translation>
    </message>
    <message>
        <source>another column than the one that marks deleted rows</source>
        <translation>标记已删除行的列之外的另一列</translation>
    </message>
    <message>
        <source>nothing here (null): this side is not written</source>
        <translation>此处留空（null）：这一端不会被写入</translation>
    </message>
    <message>
        <source>%1 cannot be set to %2 to mark rows as deleted: its type is %3.</source>
        <translation>%1 无法设为 %2 来标记已删除的行：其类型为 %3。</translation>
    </message>
    <message>
        <source>Name another column in the job&apos;s soft deletes, or a value that it can hold.</source>
        <translation>在任务的软删除中指定另一列，或该列能容纳的值。</translation>
    </message>
    <message>
        <source>the same condition over this side&apos;s columns, as a two-way job filters both sides</source>
        <translation>用这一端的列写成的同一条件，因为双向任务对两端都作筛选</translation>
    </message>
    <message>
        <source>After a good run it starts: %1</source>
        <translation>运行顺利完成后启动：%1</translation>
    </message>
    <message>
        <source>After a good run it reports to %1</source>
        <translation>运行顺利完成后报告给 %1</translation>
    </message>
    <message>
        <source>Where a person is needed it starts: %1</source>
        <translation>需要人处理时启动：%1</translation>
    </message>
    <message>
        <source>Where a person is needed it reports to %1</source>
        <translation>需要人处理时报告给 %1</translation>
    </message>
    <message>
        <source>After a failed run it starts: %1</source>
        <translation>运行失败后启动：%1</translation>
    </message>
    <message>
        <source>After a failed run it reports to %1</source>
        <translation>运行失败后报告给 %1</translation>
    </message>
    <message>
        <source>After every run it starts: %1</source>
        <translation>每次运行后启动：%1</translation>
    </message>
    <message>
        <source>After every run it reports to %1</source>
        <translation>每次运行后报告给 %1</translation>
    </message>
    <message>
        <source>Signs its reports with the variable %1</source>
        <translation>用变量 %1 为报告签名</translation>
    </message>
    <message>
        <source>Signs its reports with the file %1</source>
        <translation>用文件 %1 为报告签名</translation>
    </message>
    <message>
        <source>Signs its reports with %1 of the keychain</source>
        <translation>用钥匙串中的 %1 为报告签名</translation>
    </message>
    <message>
        <source>There is no program %1.</source>
        <translation>没有程序 %1。</translation>
    </message>
    <message>
        <source>%1 is no program that this user may start.</source>
        <translation>%1 不是该用户可以启动的程序。</translation>
    </message>
    <message>
        <source>The notification could not be shown.</source>
        <translation>通知未能显示。</translation>
    </message>
    <message>
        <source>%1 was cancelled.</source>
        <translation>%1 已取消。</translation>
    </message>
    <message>
        <source>After the run: %1</source>
        <translation>运行之后：%1</translation>
    </message>
    <message>
        <source>%1 answered with HTTP status %2.</source>
        <translation>%1 返回了 HTTP 状态 %2。</translation>
    </message>
    <message>
        <source>%1 ended with exit status %2.</source>
        <translation>%1 以退出状态 %2 结束。</translation>
    </message>
    <message>
        <source>%1 took longer than %2 and was ended.</source>
        <translation>%1 用时超过 %2，已被终止。</translation>
    </message>
    <message>
        <source>%1 was ended by signal %2.</source>
        <translation>%1 被信号 %2 终止。</translation>
    </message>
    <message>
        <source>%1 could not be started.</source>
        <translation>%1 未能启动。</translation>
    </message>
    <message>
        <source>Into the source: %1</source>
        <translation>写入源端：%1</translation>
    </message>
    <message>
        <source>a URL such as https://host/path, without user and password (http for this machine alone)</source>
        <translation>形如 https://host/path 的 URL，不含用户名和密码（仅本机可用 http）</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>a list and its last word</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between words of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>每 %1</translation>
    </message>
    <message>
        <source>as %1 says</source>
        <translation>按 %1</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>在 %1 之后</translation>
    </message>
    <message>
        <source>daily at %1</source>
        <translation>每天 %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>days of the week, times</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, within %2</source>
        <translation>%1，限 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a schedule and its time zone</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>明天 %1</translation>
    </message>
    <message>
        <source>next run %1</source>
        <translation>下次运行 %1</translation>
    </message>
    <message>
        <source>runs now</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>runs now, and once more after that</source>
        <translation>正在运行，之后再运行一次</translation>
    </message>
    <message>
        <source>runs after %1</source>
        <translation>在 %1 之后运行</translation>
    </message>
    <message>
        <source>waits until somebody has seen what it does</source>
        <translation>等待有人查看它会做什么</translation>
    </message>
    <message>
        <source>paused since %1</source>
        <translation>自 %1 起暂停</translation>
    </message>
    <message>
        <source>paused since %1 by %2</source>
        <translation>自 %1 起由 %2 暂停</translation>
    </message>
    <message>
        <source>all jobs are paused since %1</source>
        <translation>所有任务自 %1 起暂停</translation>
    </message>
    <message>
        <source>all jobs are paused since %1 by %2</source>
        <translation>所有任务自 %1 起由 %2 暂停</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>runs only when it is told to</source>
        <translation>仅手动运行</translation>
    </message>
    <message>
        <source>never runs by itself: its schedule has no such time</source>
        <translation>不会自动运行：定时设置中没有这样的时间</translation>
    </message>
    <message>
        <source>never runs by itself: it follows %1, which follows it</source>
        <translation>不会自动运行：它跟随 %1，而 %1 又跟随它</translation>
    </message>
    <message>
        <source>never runs by itself: there is no job %1 to follow</source>
        <translation>不会自动运行：没有可跟随的任务 %1</translation>
    </message>
    <message>
        <source>its time is %1</source>
        <translation>时间为 %1</translation>
    </message>
    <message>
        <source>its time was %1, and nothing was there to run it</source>
        <translation>时间为 %1，当时没有程序运行它</translation>
    </message>
    <message>
        <source>its time %1 came while it ran</source>
        <translation>时间 %1 到来时它正在运行</translation>
    </message>
    <message>
        <source>the job that it follows has completed</source>
        <translation>它所跟随的任务已完成</translation>
    </message>
    <message>
        <source>%1 is skipped: the job is still running.</source>
        <translation>跳过 %1：任务仍在运行。</translation>
    </message>
    <message>
        <source>%1 is run by another program.</source>
        <translation>%1 由另一个程序运行。</translation>
    </message>
    <message>
        <source>%1 is skipped: the job is under way elsewhere.</source>
        <translation>跳过 %1：任务正在别处运行。</translation>
    </message>
    <message>
        <source>It waits: nothing runs by itself before somebody has seen what it does. Synchronise a preview of it in the window, or run it once from the command line.</source>
        <translation>正在等待：未经查看的任务不会自动运行。在窗口中同步一次预览，或在命令行中运行一次。</translation>
    </message>
    <message>
        <source>%1 is skipped: the schedule is paused.</source>
        <translation>跳过 %1：定时已暂停。</translation>
    </message>
    <message>
        <source>No run has completed yet, and it is time for one.</source>
        <translation>尚无一次运行完成，已超出期限。</translation>
    </message>
    <message>
        <source>No run has completed since %1.</source>
        <translation>自 %1 以来没有一次运行完成。</translation>
    </message>
    <message>
        <source>%1 cannot be run yet: %2</source>
        <translation>%1 暂时无法运行：%2</translation>
    </message>
    <message>
        <source>a time such as 08:30</source>
        <translation>时间，如 08:30</translation>
    </message>
    <message>
        <source>a span such as 22:00-06:00</source>
        <translation>时段，如 22:00-06:00</translation>
    </message>
    <message>
        <source>one of every, daily, cron and after alone</source>
        <translation>every、daily、cron 和 after 中仅一个</translation>
    </message>
    <message>
        <source>nothing here (null): daily alone has it</source>
        <translation>此处为空（null）：仅 daily 有此项</translation>
    </message>
    <message>
        <source>times within the windows</source>
        <translation>时段之内的时间</translation>
    </message>
    <message>
        <source>the keychain, an environment variable or a file as the place of the password, because nobody can be asked when a scheduled job runs</source>
        <translation>以钥匙串、环境变量或文件存放密码，因为定时任务运行时无人可问</translation>
    </message>
    <message>
        <source>five fields: minute, hour, day, month and weekday, such as 30 6 * * mon-fri</source>
        <translation>五个部分：分、时、日、月和星期，如 30 6 * * mon-fri</translation>
    </message>
    <message>
        <source>minutes from 0 to 59, such as 0,30 or */15</source>
        <translation>0 到 59 的分钟，如 0,30 或 */15</translation>
    </message>
    <message>
        <source>hours from 0 to 23, such as 8-18</source>
        <translation>0 到 23 的小时，如 8-18</translation>
    </message>
    <message>
        <source>days of the month from 1 to 31</source>
        <translation>1 到 31 的日期</translation>
    </message>
    <message>
        <source>months from 1 to 12 or from jan to dec</source>
        <translation>1 到 12 或 jan 到 dec 的月份</translation>
    </message>
    <message>
        <source>days of the week from 0 (Sunday) to 7 or from sun to sat</source>
        <translation>0（星期日）到 7 或 sun 到 sat 的星期</translation>
    </message>
    <message>
        <source>a day that one of these months has</source>
        <translation>这些月份中存在的日期</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>its time is %1; %Ln earlier one(s) passed unused</source>
        <translation>
            <numerusform>时间为 %1；此前有 %Ln 次未运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>its time was %1, and nothing was there to run it; %Ln earlier one(s) passed unused, too</source>
        <translation>
            <numerusform>时间为 %1，当时没有程序运行它；此前还有 %Ln 次未运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s) passed unused, the last at %1.</source>
        <translation>
            <numerusform>有 %Ln 次未运行，最后一次为 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>a URL such as https://host/path, without user, password, query and fragment</source>
        <translation>形如 https://主机/路径 的 URL，不带用户、密码、查询和片段</translation>
    </message>
    <message>
        <source>https, as credentials do not travel in clear text</source>
        <translation>https，因为凭据不以明文传输</translation>
    </message>
    <message>
        <source>https, or &quot;clearText&quot;: true beside it</source>
        <translation>https，或在旁边写上 &quot;clearText&quot;: true</translation>
    </message>
    <message>
        <source>a path such as /orders, without query and fragment</source>
        <translation>形如 /orders 的路径，不带查询和片段</translation>
    </message>
    <message>
        <source>the name of an HTTP header that is free to be set</source>
        <translation>可以自行设置的 HTTP 标头名</translation>
    </message>
    <message>
        <source>a JSON pointer such as /data/items</source>
        <translation>形如 /data/items 的 JSON 指针</translation>
    </message>
    <message>
        <source>a type: integer, decimal(12,2), float, boolean, text, date, time, timestamp, datetime, uuid, json</source>
        <translation>一种类型：integer、decimal(12,2)、float、boolean、text、date、time、timestamp、datetime、uuid、json</translation>
    </message>
    <message>
        <source>the name of one of its columns</source>
        <translation>其中一列的名称</translation>
    </message>
    <message>
        <source>a name that does not begin with tidemark_</source>
        <translation>不以 tidemark_ 开头的名称</translation>
    </message>
    <message>
        <source>a user&apos;s name without a colon</source>
        <translation>不含冒号的用户名</translation>
    </message>
    <message>
        <source>%1, page %2</source>
        <translation>%1，第 %2 页</translation>
    </message>
    <message>
        <source>%1: the answer is nested deeper than the connection allows.</source>
        <translation>%1：应答的嵌套层数超过连接所允许的上限。</translation>
    </message>
    <message>
        <source>%1: the answer has no array of records where the connection says.</source>
        <translation>%1：应答中，连接所指的位置没有记录数组。</translation>
    </message>
    <message>
        <source>%1: the array holds something else than records.</source>
        <translation>%1：数组中有不是记录的内容。</translation>
    </message>
    <message>
        <source>%1: the same records came before, as another page.</source>
        <translation>%1：同样的记录已作为另一页出现过。</translation>
    </message>
    <message>
        <source>%1: the service goes on where it was before.</source>
        <translation>%1：服务又回到了先前的位置。</translation>
    </message>
    <message>
        <source>%1: a page without records, and not at the end.</source>
        <translation>%1：这一页没有记录，却不是最后一页。</translation>
    </message>
    <message>
        <source>%1: an earlier page had too few records, so some were not seen.</source>
        <translation>%1：前面某页的记录过少，因此有些记录没有读到。</translation>
    </message>
    <message>
        <source>%1: more records than were asked for.</source>
        <translation>%1：记录比所要的多。</translation>
    </message>
    <message>
        <source>%1: fewer records than the service counts.</source>
        <translation>%1：记录比服务所计的少。</translation>
    </message>
    <message>
        <source>%1: records went while they were read, so others may not have been seen.</source>
        <translation>%1：读取期间有记录消失，因此其他记录可能没有读到。</translation>
    </message>
    <message>
        <source>%1: the service does not count its records where the connection says.</source>
        <translation>%1：服务没有在连接所指的位置给出记录数。</translation>
    </message>
    <message>
        <source>%1: what names the next page cannot be read.</source>
        <translation>%1：指向下一页的内容无法读取。</translation>
    </message>
    <message>
        <source>%1: a record has its member %2 twice.</source>
        <translation>%1：某条记录的成员 %2 出现了两次。</translation>
    </message>
    <message>
        <source>%1: two different records have the key %2.</source>
        <translation>%1：两条不同的记录有相同的键 %2。</translation>
    </message>
    <message>
        <source>%1: the answer is no JSON, or not all of it.</source>
        <translation>%1：应答不是 JSON，或不完整。</translation>
    </message>
    <message>
        <source>%1: %2 answered with HTTP status %3.</source>
        <translation>%1：%2 以 HTTP 状态 %3 应答。</translation>
    </message>
    <message>
        <source>%1: %2 sends elsewhere, which is not followed.</source>
        <translation>%1：%2 指向别处，不予跟随。</translation>
    </message>
    <message>
        <source>Check the path, the paging and the parameters of the resource.</source>
        <translation>检查该资源的路径、分页和参数。</translation>
    </message>
    <message>
        <source>%1: the answer is larger than %2.</source>
        <translation>%1：应答大于 %2。</translation>
    </message>
    <message>
        <source>%1 takes no more requests just now; it asks for a wait of %2.</source>
        <translation>%1 目前不再接受访问，要求等待 %2。</translation>
    </message>
    <message>
        <source>%1 takes no more requests just now.</source>
        <translation>%1 目前不再接受访问。</translation>
    </message>
    <message>
        <source>Run it again later; nothing was concluded from it.</source>
        <translation>稍后再运行；未据此得出任何结论。</translation>
    </message>
    <message>
        <source>Nothing was concluded from it. Run it again, or check the resource&apos;s settings.</source>
        <translation>未据此得出任何结论。再次运行，或检查该资源的设置。</translation>
    </message>
    <message>
        <source>%1: a web service cannot be filtered by SQL.</source>
        <translation>%1：Web 服务不能用 SQL 筛选。</translation>
    </message>
    <message>
        <source>Leave the filter out, or give the resource query parameters of its own.</source>
        <translation>去掉筛选条件，或为该资源设置自己的查询参数。</translation>
    </message>
    <message>
        <source>Ask for smaller pages, or allow larger answers in the connection.</source>
        <translation>改用更小的分页，或在连接中允许更大的应答。</translation>
    </message>
    <message>
        <source>Run it again later, or with fewer requests at a time.</source>
        <translation>稍后再运行，或减少同时进行的访问。</translation>
    </message>
    <message>
        <source>The queue is not there yet: the first job that uses it creates it.</source>
        <translation>队列尚不存在：第一个使用它的任务会创建它。</translation>
    </message>
    <message>
        <source>The broker keeps messages in memory alone: what it holds is lost with it (%1).</source>
        <translation>消息代理只把消息保存在内存中：代理停止后消息会丢失（%1）。</translation>
    </message>
    <message>
        <source>The broker drops whole queues where its memory is full (maxmemory-policy allkeys).</source>
        <translation>内存不足时，消息代理会丢弃整个队列（maxmemory-policy allkeys）。</translation>
    </message>
    <message>
        <source>The broker is a replica: nothing can be acknowledged there.</source>
        <translation>该消息代理是副本：无法在其上确认消息。</translation>
    </message>
    <message>
        <source>The queue was made by somebody else: its own settings count, and no limit of deliveries.</source>
        <translation>队列由他人创建：以其自身设置为准，且没有投递次数限制。</translation>
    </message>
    <message>
        <source>The exchange was made by somebody else: its own settings count.</source>
        <translation>交换机由他人创建：以其自身设置为准。</translation>
    </message>
    <message>
        <source>The broker does not tell its version and settings to this user.</source>
        <translation>消息代理不向该用户提供版本和设置。</translation>
    </message>
    <message>
        <source>a request such as PUT /orders/{id} that names the key, with POST or PUT for insert, PUT or PATCH for update, DELETE for delete</source>
        <translation>形如 PUT /orders/{id} 且写出键的请求：insert 用 POST 或 PUT，update 用 PUT 或 PATCH，delete 用 DELETE</translation>
    </message>
    <message>
        <source>to stand beside &quot;key&quot;, whose columns the paths name</source>
        <translation>与 &quot;key&quot; 并列，路径中写出其中的列</translation>
    </message>
    <message>
        <source>a name that does not begin with amq.</source>
        <translation>不以 amq. 开头的名称</translation>
    </message>
    <message>
        <source>the number of a Redis database, as a text</source>
        <translation>Redis 数据库的编号（文本形式）</translation>
    </message>
    <message>
        <source>%1: the service keeps a new record under another key than the one it was sent.</source>
        <translation>%1：服务没有用发送的键保存新记录，而是用了另一个键。</translation>
    </message>
    <message>
        <source>One such record was made and nothing more was written. A service that draws keys of its own cannot be a target.</source>
        <translation>已产生一条这样的记录，此后没有再写入。自行分配键的服务不能作为目标端。</translation>
    </message>
    <message>
        <source>%1: the service says that it will write later.</source>
        <translation>%1：服务表示稍后才会写入。</translation>
    </message>
    <message>
        <source>Nobody would know whether it does. Let it write before it answers.</source>
        <translation>是否真的写入无从得知。让它先写入再应答。</translation>
    </message>
    <message>
        <source>%1: a record that the service lists is not where single records are said to be.</source>
        <translation>%1：服务列出的一条记录不在单条记录应在的路径上。</translation>
    </message>
    <message>
        <source>Check the paths under &quot;write&quot;; nothing was written.</source>
        <translation>检查 &quot;write&quot; 下的路径；没有写入任何内容。</translation>
    </message>
    <message>
        <source>%1: asked for one record, the service answers with another.</source>
        <translation>%1：请求一条记录，服务却应答了另一条。</translation>
    </message>
    <message>
        <source>%1: asked for one record, the service answers with something else.</source>
        <translation>%1：请求一条记录，服务应答的却不是记录。</translation>
    </message>
    <message>
        <source>Say under &quot;write&quot; where the record is in such an answer: &quot;record&quot;.</source>
        <translation>在 &quot;write&quot; 下用 &quot;record&quot; 写明记录在这种应答中的位置。</translation>
    </message>
    <message>
        <source>Name the request under &quot;write&quot; of the resource, if the service has it.</source>
        <translation>如果服务支持，在资源的 &quot;write&quot; 下写出该请求。</translation>
    </message>
    <message>
        <source>%1: the connection names no request that inserts a record.</source>
        <translation>%1：连接没有写出新增记录的请求。</translation>
    </message>
    <message>
        <source>%1: the connection names no request that updates a record.</source>
        <translation>%1：连接没有写出更新记录的请求。</translation>
    </message>
    <message>
        <source>%1: the connection names no request that deletes a record.</source>
        <translation>%1：连接没有写出删除记录的请求。</translation>
    </message>
    <message>
        <source>Name it under &quot;write&quot; of the resource, or let the job update without deleting.</source>
        <translation>在资源的 &quot;write&quot; 下写出该请求，或让任务只更新不删除。</translation>
    </message>
    <message>
        <source>%1: the column %2 cannot name a record in a path.</source>
        <translation>%1：列 %2 不能在路径中指明一条记录。</translation>
    </message>
    <message>
        <source>Use a key of whole numbers or text.</source>
        <translation>使用整数或文本的键。</translation>
    </message>
    <message>
        <source>%1: a resource of a web service cannot be created.</source>
        <translation>%1：Web 服务的资源不能创建。</translation>
    </message>
    <message>
        <source>Describe it in the connection.</source>
        <translation>在连接中描述它。</translation>
    </message>
    <message>
        <source>A web service has no transactions.</source>
        <translation>Web 服务没有事务。</translation>
    </message>
    <message>
        <source>Leave &quot;transaction&quot; out: each row is written by itself.</source>
        <translation>去掉 &quot;transaction&quot;：每一行各自写入。</translation>
    </message>
    <message>
        <source>Marking deleted rows in a web service is not available in this version.</source>
        <translation>此版本尚不能在 Web 服务中标记已删除的行。</translation>
    </message>
    <message>
        <source>Let the job delete them, or update without deleting.</source>
        <translation>让任务删除这些行，或只更新不删除。</translation>
    </message>
    <message>
        <source>What was written to a web service cannot be undone in this version.</source>
        <translation>此版本尚不能撤销写入 Web 服务的内容。</translation>
    </message>
    <message>
        <source>Mend the source and run the job again.</source>
        <translation>改正源端后再次运行任务。</translation>
    </message>
    <message>
        <source>Flags and marks in a web service are not available in this version.</source>
        <translation>此版本尚不支持 Web 服务中的标志和标记。</translation>
    </message>
    <message>
        <source>Find changes another way.</source>
        <translation>用其他方式查找变更。</translation>
    </message>
    <message>
        <source>Available are SQLite, PostgreSQL, MariaDB or MySQL, web services, and the message queues of Redis and RabbitMQ.</source>
        <translation>可用的有 SQLite、PostgreSQL、MariaDB 或 MySQL、Web 服务，以及 Redis 和 RabbitMQ 的消息队列。</translation>
    </message>
    <message>
        <source>A message queue cannot be synced in two ways.</source>
        <translation>消息队列不能双向同步。</translation>
    </message>
    <message>
        <source>Use two one-way jobs: one that publishes, one that consumes.</source>
        <translation>使用两个单向任务：一个发布，一个消费。</translation>
    </message>
    <message>
        <source>The other side of a message queue has to be a database.</source>
        <translation>消息队列的另一侧必须是数据库。</translation>
    </message>
    <message>
        <source>Go through a database: one job into it, another one out of it.</source>
        <translation>通过数据库中转：一个任务写入，另一个任务读出。</translation>
    </message>
    <message>
        <source>With a message queue the source always decides.</source>
        <translation>使用消息队列时，始终以源为准。</translation>
    </message>
    <message>
        <source>Leave the policy out.</source>
        <translation>去掉该策略。</translation>
    </message>
    <message>
        <source>Tables cannot be created from or in a message queue.</source>
        <translation>无法根据消息队列创建表，也无法在其中创建表。</translation>
    </message>
    <message>
        <source>Create the table first, then run the job.</source>
        <translation>先创建表，再运行任务。</translation>
    </message>
    <message>
        <source>Soft deletes are not available with a message queue.</source>
        <translation>消息队列不支持软删除。</translation>
    </message>
    <message>
        <source>Leave them out.</source>
        <translation>去掉它们。</translation>
    </message>
    <message>
        <source>The connection names an exchange alone, from which nothing can be consumed.</source>
        <translation>该连接只指定了交换机，无法从中消费消息。</translation>
    </message>
    <message>
        <source>Name its queue in the connection.</source>
        <translation>在连接中指定其队列。</translation>
    </message>
    <message>
        <source>A queue&apos;s messages are changes already: nothing has to be detected.</source>
        <translation>队列中的消息本身就是变更：无需检测。</translation>
    </message>
    <message>
        <source>Leave the detection out.</source>
        <translation>去掉检测方式。</translation>
    </message>
    <message>
        <source>Messages of a queue cannot be filtered by SQL.</source>
        <translation>队列消息不能用 SQL 筛选。</translation>
    </message>
    <message>
        <source>Leave the filter out.</source>
        <translation>去掉筛选条件。</translation>
    </message>
    <message>
        <source>A message queue cannot be compared with.</source>
        <translation>无法与消息队列进行比较。</translation>
    </message>
    <message>
        <source>Detect changes by timestamp, version, flag or log.</source>
        <translation>按时间戳、版本、标志或日志检测变更。</translation>
    </message>
    <message>
        <source>Deletes reach a message queue from a change log alone.</source>
        <translation>只有变更日志才能把删除发布到消息队列。</translation>
    </message>
    <message>
        <source>Detect by log, or choose the mode update.</source>
        <translation>改用日志检测，或选择更新模式。</translation>
    </message>
    <message>
        <source>A message queue has no transactions.</source>
        <translation>消息队列没有事务。</translation>
    </message>
    <message>
        <source>Choose the transaction batch.</source>
        <translation>选择按批提交的事务。</translation>
    </message>
    <message>
        <source>A saved plan cannot be applied to a message queue, which goes on meanwhile.</source>
        <translation>已保存的计划不能应用于消息队列，因为队列在此期间会继续变化。</translation>
    </message>
    <message>
        <source>Run the job without a plan.</source>
        <translation>不使用计划运行任务。</translation>
    </message>
    <message>
        <source>A message queue cannot be verified: what it held is gone.</source>
        <translation>无法校验消息队列：其中的消息已被取走。</translation>
    </message>
    <message>
        <source>Verify the databases at its two ends with a job between them.</source>
        <translation>用两端数据库之间的任务进行校验。</translation>
    </message>
    <message>
        <source>Runs of jobs with a message queue cannot be undone: nothing is kept of them.</source>
        <translation>涉及消息队列的任务运行无法撤销：没有保留任何内容。</translation>
    </message>
    <message>
        <source>The source is a message queue, which is only read.</source>
        <translation>源是消息队列，只能读取。</translation>
    </message>
    <message>
        <source>%1: an event bears all of its row&apos;s columns.</source>
        <translation>%1：一个事件包含该行的所有列。</translation>
    </message>
    <message>
        <source>Leave columns out by &quot;target&quot;: null instead of &quot;write&quot;: false.</source>
        <translation>用 &quot;target&quot;: null 而不是 &quot;write&quot;: false 排除列。</translation>
    </message>
    <message>
        <source>The messages of %1 were delivered %2 times already, and RabbitMQ counts each look at them, too.</source>
        <translation>%1 的消息已被投递 %2 次，RabbitMQ 把每次查看也算作一次投递。</translation>
    </message>
    <message>
        <source>Run the job, or allow more deliveries in the connection (deliveryLimit).</source>
        <translation>运行该任务，或在连接中允许更多次投递（deliveryLimit）。</translation>
    </message>
    <message>
        <source>The record of the last sync belongs to another journal: this workspace&apos;s is new or another one.</source>
        <translation>上次同步的记录属于另一个日志：此工作区的日志是新的，或已换成别的。</translation>
    </message>
    <message>
        <source>The job&apos;s tables, key or columns are others than at the last sync.</source>
        <translation>任务的表、键或列与上次同步时不同。</translation>
    </message>
    <message>
        <source>A side is another database than at the last sync.</source>
        <translation>有一方的数据库与上次同步时不是同一个。</translation>
    </message>
    <message>
        <source>A database or this workspace is not as the last sync left it, as after a restore.</source>
        <translation>某个数据库或此工作区与上次同步结束时的状态不符，例如从备份恢复之后。</translation>
    </message>
    <message>
        <source>So everything was compared as on a first run: nothing was deleted, and rows that differ are decided as on a first run.</source>
        <translation>因此像首次运行那样比较了全部数据：没有删除任何行，不同的行按首次运行的规则决定。</translation>
    </message>
    <message>
        <source>A web service offers no lock: running the job twice at a time is prevented for this user on this computer, and nowhere else.</source>
        <translation>Web 服务不提供锁：仅对此用户在此计算机上防止任务同时运行两次，其他地方无法防止。</translation>
    </message>
    <message>
        <source>Restore it from a backup, or move it away: then the next runs compare everything anew, and history and open conflicts are gone.</source>
        <translation>从备份恢复它，或将它移走：之后的运行会重新比较全部数据，历史和未决冲突不再保留。</translation>
    </message>
    <message>
        <source>A two-way job between two web services is not available in this version.</source>
        <translation>此版本不支持两个 Web 服务之间的双向任务。</translation>
    </message>
    <message>
        <source>Let one side be a database, or sync one way.</source>
        <translation>让一侧使用数据库，或改为单向同步。</translation>
    </message>
    <message>
        <source>Choose hash, timestamp, version or log.</source>
        <translation>可选 hash、timestamp、version 或 log。</translation>
    </message>
    <message>
        <source>Choose the scope table where one sequence numbers all rows, else hash, timestamp or log.</source>
        <translation>若所有行由同一序列编号，将 scope 设为 table；否则用 hash、timestamp 或 log。</translation>
    </message>
    <message>
        <source>Choose keep: a row that leaves the filter stays as it is at both sides.</source>
        <translation>改用 keep：离开筛选范围的行在两边都保持原样。</translation>
    </message>
    <message>
        <source>%1: %2 is not available in two-way jobs.</source>
        <translation>%1：双向任务不支持 %2。</translation>
    </message>
    <message>
        <source>The databases tell of an earlier run, and this workspace has no record of it: the run was cut off, or the record was forgotten or lost.</source>
        <translation>数据库中留有先前运行的痕迹，而此工作区没有它的记录：那次运行被中断，或记录已被忘记或丢失。</translation>
    </message>
    <message>
        <source>No unique index of the source keeps the key %1 to one row: a run stops the table where two rows have the same.</source>
        <translation>源端没有唯一索引保证键 %1 只对应一行：若两行的键相同，运行会停止该表。</translation>
    </message>
    <message>
        <source>No unique index of the target keeps the key %1 to one row: a run stops the table where two rows have the same.</source>
        <translation>目标端没有唯一索引保证键 %1 只对应一行：若两行的键相同，运行会停止该表。</translation>
    </message>
    <message>
        <source>the policy “%1” decided, as for the first sync</source>
        <translation>由首次同步的策略“%1”决定</translation>
    </message>
    <message>
        <source>the policy “%1” decided</source>
        <translation>由策略“%1”决定</translation>
    </message>
    <message>
        <source>%1, by the column %2</source>
        <comment>a policy; the column that tells which row is newer</comment>
        <translation>%1，依据列 %2</translation>
    </message>
    <message>
        <source>%1 by “%2”</source>
        <comment>a column and the rule that decided its cell</comment>
        <translation>%1 按“%2”</translation>
    </message>
    <message>
        <source>%1, cell by cell</source>
        <comment>a policy</comment>
        <translation>%1，逐单元格合并</translation>
    </message>
    <message>
        <source>%1, cell by cell, and %2</source>
        <comment>a policy; columns and the rules that decided them</comment>
        <translation>%1，逐单元格合并，其中 %2</translation>
    </message>
    <message>
        <source>a person</source>
        <comment>who answered</comment>
        <translation>某人</translation>
    </message>
    <message>
        <source>%1 answered: take the source</source>
        <translation>%1 的答复：取源端</translation>
    </message>
    <message>
        <source>%1 answered: take the target</source>
        <translation>%1 的答复：取目标端</translation>
    </message>
    <message>
        <source>%1 answered with a merged row</source>
        <translation>%1 以合并行答复</translation>
    </message>
    <message>
        <source>an earlier run had begun this merge</source>
        <translation>此合并由更早的一次运行开始</translation>
    </message>
    <message>
        <source>Change the value, or the column&apos;s type at the source.</source>
        <translation>修改该值，或修改源端列的类型。</translation>
    </message>
    <message>
        <source>%1: the value is too long for the source.</source>
        <translation>%1：该值对源端来说过长。</translation>
    </message>
    <message>
        <source>Shorten it, or widen the column at the source.</source>
        <translation>缩短该值，或加宽源端的列。</translation>
    </message>
    <message>
        <source>%1: the value is out of the source&apos;s range.</source>
        <translation>%1：该值超出源端的取值范围。</translation>
    </message>
    <message>
        <source>%1 must not be NULL at the source.</source>
        <translation>%1 在源端不能为 NULL。</translation>
    </message>
    <message>
        <source>Give it a value at the target, or allow NULL at the source.</source>
        <translation>在目标端填入值，或在源端允许 NULL。</translation>
    </message>
    <message>
        <source>%1: the source&apos;s check %2 refuses the row.</source>
        <translation>%1：源端的检查约束 %2 拒绝了该行。</translation>
    </message>
    <message>
        <source>%1: a check of the source refuses the row.</source>
        <translation>%1：源端的检查约束拒绝了该行。</translation>
    </message>
    <message>
        <source>%1: the row that it refers to is not at the source (%2).</source>
        <translation>%1：它引用的行不在源端（%2）。</translation>
    </message>
    <message>
        <source>%1: the row that it refers to is not at the source.</source>
        <translation>%1：它引用的行不在源端。</translation>
    </message>
    <message>
        <source>%1: another row of the source has this value already (%2).</source>
        <translation>%1：源端已有另一行使用该值（%2）。</translation>
    </message>
    <message>
        <source>%1: another row of the source has this value already.</source>
        <translation>%1：源端已有另一行使用该值。</translation>
    </message>
    <message>
        <source>Make the value unique at the target, or change the index at the source.</source>
        <translation>让该值在目标端唯一，或修改源端的索引。</translation>
    </message>
    <message>
        <source>%1: the source takes two different keys for the same.</source>
        <translation>%1：源端把两个不同的键视为相同。</translation>
    </message>
    <message>
        <source>Change one of the keys, or the collation of the key at the source.</source>
        <translation>修改其中一个键，或修改源端键的排序规则。</translation>
    </message>
</context>
<context>
    <name>tidemark::AnswersDialog</name>
    <message>
        <source>%1 wins</source>
        <translation>以 %1 为准</translation>
    </message>
    <message>
        <source>The newer row wins, by %1</source>
        <translation>以较新的行为准，依据 %1</translation>
    </message>
    <message>
        <source>Merge cell by cell, with the job&apos;s rules for columns</source>
        <translation>按任务的列规则逐单元格合并</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message numerus="yes">
        <source>Answer these %n</source>
        <translation>
            <numerusform>答复这 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Answer these %n so</source>
        <translation>
            <numerusform>按此答复 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Nothing is answered yet. Ctrl+Z takes all of them back in one step.</source>
        <translation>尚未答复。Ctrl+Z 可一步全部撤回。</translation>
    </message>
    <message>
        <source>%1 of %2 can be answered so; the others stay open.</source>
        <translation>%2 个中有 %1 个可以这样答复；其余仍待处理。</translation>
    </message>
    <message>
        <source>It would answer %1 of %2 open conflicts in the list and leave %3 to you. Nothing is answered yet.</source>
        <translation>它会答复列表中 %2 个待处理冲突里的 %1 个，其余 %3 个由你决定。尚未答复。</translation>
    </message>
    <message>
        <source>What would this policy do?</source>
        <translation>这个策略会怎么做？</translation>
    </message>
    <message>
        <source>Same answer for similar conflicts</source>
        <translation>对同类冲突同样处理</translation>
    </message>
    <message>
        <source>If this was the policy of the job:</source>
        <translation>假如任务采用此策略：</translation>
    </message>
    <message>
        <source>These rows are in conflict over the same columns. They get the same answer, each with its own values:</source>
        <translation>这些行在相同的列上冲突。它们得到相同的答复，各用自己的值：</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Give the answers</source>
        <translation>作出答复</translation>
    </message>
    <message>
        <source>To make it the rule for conflicts to come:</source>
        <translation>作为今后冲突的规则：</translation>
    </message>
    <message>
        <source>Edit the job…</source>
        <translation>编辑任务…</translation>
    </message>
</context>
<context>
    <name>tidemark::AsideModel</name>
    <message>
        <source>%1, edited</source>
        <translation>%1，已编辑</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>tidemark::AsideWindow</name>
    <message>
        <source>Messages set aside: %1</source>
        <translation>已搁置的消息：%1</translation>
    </message>
    <message>
        <source>%1 · a run could not apply them, and takes them again once they are back in the queue.</source>
        <translation>%1 · 运行无法应用这些消息，退回队列后会再次读取。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>The oldest first. Several can be selected, with Ctrl or Shift.</source>
        <translation>最早的在前。按 Ctrl 或 Shift 可多选。</translation>
    </message>
    <message>
        <source>The message</source>
        <translation>消息内容</translation>
    </message>
    <message>
        <source>The message&apos;s value, a change event in JSON. What is typed goes back instead of it.</source>
        <translation>消息的值，即 JSON 格式的变更事件。编辑后的内容将代替它退回。</translation>
    </message>
    <message>
        <source>Asking the broker</source>
        <translation>正在询问代理</translation>
    </message>
    <message>
        <source>Undo the edit</source>
        <translation>撤销编辑</translation>
    </message>
    <message>
        <source>&amp;Discard…</source>
        <translation>丢弃(&amp;D)…</translation>
    </message>
    <message>
        <source>Drops the selected messages for good (Del)</source>
        <translation>永久丢弃所选消息（Del）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Into the queue of this consumer group alone (Ctrl+Return)</source>
        <translation>仅退回此消费组的队列（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Messages set aside in %1</source>
        <translation>%1 中已搁置的消息</translation>
    </message>
    <message>
        <source>Nothing is set aside in %1.</source>
        <translation>%1 中没有已搁置的消息。</translation>
    </message>
    <message>
        <source>The oldest %1 messages that are set aside in %2</source>
        <translation>%2 中最早搁置的 %1 条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) set aside in %1</source>
        <translation>
            <numerusform>%1 中已搁置 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>What could not be applied would be listed here.</source>
        <translation>无法应用的消息会列在此处。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>已选择 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message %1, edited</source>
        <translation>消息 %1，已编辑</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>an insert</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>an update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>a delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>a tombstone</source>
        <translation>墓碑消息</translation>
    </message>
    <message>
        <source>It has no value: it follows a delete.</source>
        <translation>没有值：跟在删除之后。</translation>
    </message>
    <message>
        <source>It is no text (%1) and goes back as it is.</source>
        <translation>不是文本（%1），将原样退回。</translation>
    </message>
    <message>
        <source>%1: only its beginning is shown. It is edited by tidemark-cli queue --set-value.</source>
        <translation>%1：仅显示开头。可用 tidemark-cli queue --set-value 编辑。</translation>
    </message>
    <message>
        <source>Not a change event: it is no JSON object.</source>
        <translation>不是变更事件：不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Not a change event: %1</source>
        <translation>不是变更事件：%1</translation>
    </message>
    <message>
        <source>It reads as %1.</source>
        <translation>读作“%1”。</translation>
    </message>
    <message>
        <source>It reads as %1 in %2.</source>
        <translation>在 %2 中读作“%1”。</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>重新读取(&amp;R)</translation>
    </message>
    <message>
        <source>Asks the broker once more (F5)</source>
        <translation>再次询问代理（F5）</translation>
    </message>
    <message numerus="yes">
        <source>Put %n &amp;back</source>
        <translation>
            <numerusform>退回 %n 条(&amp;B)</numerusform>
        </translation>
    </message>
    <message>
        <source>Put &amp;back as edited</source>
        <translation>退回编辑后的内容(&amp;B)</translation>
    </message>
    <message>
        <source>Put &amp;back</source>
        <translation>退回(&amp;B)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message numerus="yes">
        <source>Drop %n message(s) of %1 for good?</source>
        <translation>
            <numerusform>永久丢弃 %1 的 %n 条消息？</numerusform>
        </translation>
    </message>
    <message>
        <source>What they would have changed never reaches the target.</source>
        <translation>其中的变更将不会到达目标。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>Putting %n message(s) back…</source>
        <translation>
            <numerusform>正在退回 %n 条消息…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropping %n message(s)…</source>
        <translation>
            <numerusform>正在丢弃 %n 条消息…</numerusform>
        </translation>
    </message>
    <message>
        <source>Back in the queue: %1. The next run takes it.</source>
        <translation>已退回队列：%1。下次运行会读取。</translation>
    </message>
    <message>
        <source>Dropped: %1.</source>
        <translation>已丢弃：%1。</translation>
    </message>
    <message>
        <source>No longer there: %1.</source>
        <translation>已不存在：%1。</translation>
    </message>
    <message>
        <source>Not put back</source>
        <translation>尚未退回</translation>
    </message>
    <message numerus="yes">
        <source>%n edited message(s) were not put back. What was typed is lost.</source>
        <translation>
            <numerusform>%n 条编辑过的消息尚未退回。编辑内容将丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>仍然关闭</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
</context>
<context>
    <name>tidemark::CertificateDialog</name>
    <message>
        <source>&amp;Pin this certificate</source>
        <translation>固定此证书(&amp;P)</translation>
    </message>
    <message>
        <source>Certificate of %1</source>
        <translation>%1 的证书</translation>
    </message>
    <message>
        <source>Asking %1 for its certificate…</source>
        <translation>正在向 %1 获取证书…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Issued to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>itself (self-signed)</source>
        <translation>自身（自签名）</translation>
    </message>
    <message>
        <source>For the hosts</source>
        <translation>适用主机</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>未指明</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>It has expired. </source>
        <translation>已过期。</translation>
    </message>
    <message>
        <source>It is not valid yet. </source>
        <translation>尚未生效。</translation>
    </message>
    <message>
        <source>Nothing of this is verified. Compare the SHA-256 with the one that the server&apos;s keeper names; pinned, no other certificate is accepted from %1.</source>
        <translation>以上内容均未经验证。将 SHA-256 与服务器管理者提供的值核对；固定之后，%1 的其他证书一律不接受。</translation>
    </message>
    <message>
        <source>Puts this SHA-256 into the connection: no other certificate is accepted then.</source>
        <translation>将此 SHA-256 写入连接，此后不再接受其他证书。</translation>
    </message>
</context>
<context>
    <name>tidemark::CheckWindow</name>
    <message>
        <source>Check: %1</source>
        <translation>检查：%1</translation>
    </message>
    <message>
        <source>What a run would meet</source>
        <translation>运行将遇到的情况</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>Copy the SQL</source>
        <translation>复制 SQL</translation>
    </message>
    <message>
        <source>Copy all as text</source>
        <translation>全部复制为文本</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Stop and check again</source>
        <translation>停止并重新检查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking at both databases. Nothing is written.</source>
        <translation>正在查看两端数据库，不写入任何数据。</translation>
    </message>
    <message>
        <source>%1 problems keep this job from running.</source>
        <translation>有 %1 个问题使此任务无法运行。</translation>
    </message>
    <message>
        <source>Nothing keeps this job from running.</source>
        <translation>没有问题妨碍此任务运行。</translation>
    </message>
    <message>
        <source>1 problem keeps this job from running.</source>
        <translation>有 1 个问题使此任务无法运行。</translation>
    </message>
</context>
<context>
    <name>tidemark::ColumnsPopup</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Find a column</source>
        <translation>查找列</translation>
    </message>
    <message>
        <source>Columns shown</source>
        <translation>显示的列</translation>
    </message>
</context>
<context>
    <name>tidemark::CompareDialog</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare two databases</source>
        <translation>比较两个数据库</translation>
    </message>
    <message>
        <source>Compares all tables that both sides have. Nothing is written until you say so.</source>
        <translation>比较两端共有的所有表。确认之前不写入任何数据。</translation>
    </message>
    <message>
        <source>&amp;Source:</source>
        <translation>源端(&amp;S)：</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>&amp;Target:</source>
        <translation>目标端(&amp;T)：</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>SQLite file…</source>
        <translation>SQLite 文件…</translation>
    </message>
    <message>
        <source>Source and target are the same.</source>
        <translation>源端与目标端相同。</translation>
    </message>
    <message>
        <source>SQLite files can also be dropped here.</source>
        <translation>也可以把 SQLite 文件拖放到这里。</translation>
    </message>
    <message>
        <source>Connection, URL or SQLite file</source>
        <translation>连接、URL 或 SQLite 文件</translation>
    </message>
    <message>
        <source>S&amp;wap sides</source>
        <translation>交换两端(&amp;W)</translation>
    </message>
    <message>
        <source>The messages of %1 cannot be compared: a job reads them, or publishes there.</source>
        <translation>%1 的消息无法比较：任务可读取它们或发布到该处。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>tidemark::ConfirmDialog</name>
    <message>
        <source>Compare again afterwards, to verify</source>
        <translation>写入后再次比较以核对</translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>%1 rows will be written to %2.</source>
        <translation>将向 %2 写入 %1 行。</translation>
    </message>
    <message>
        <source>Insert %1 · update %2 · delete %3</source>
        <translation>新增 %1 · 更新 %2 · 删除 %3</translation>
    </message>
    <message>
        <source>This deletes %1 of %2 rows. Type %1 to continue.</source>
        <translation>将删除 %2 行中的 %1 行。输入 %1 以继续。</translation>
    </message>
    <message>
        <source>This deletes %1 rows. Type %1 to continue.</source>
        <translation>将删除 %1 行。输入 %1 以继续。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Write to %1</source>
        <translation>写入 %1</translation>
    </message>
    <message>
        <source>%1 skipped.</source>
        <translation>已跳过 %1。</translation>
    </message>
    <message>
        <source>Rows of each table</source>
        <translation>各表的行</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Looking for triggers and cascades in %1…</source>
        <translation>正在查看 %1 中的触发器与级联操作…</translation>
    </message>
    <message>
        <source>… and %1 more. Check (F7) in the main window lists all.</source>
        <translation>… 另有 %1 条。主窗口中的“检查”(F7) 会列出全部。</translation>
    </message>
    <message>
        <source>Triggers and cascades are not known: %1</source>
        <translation>无法得知触发器与级联操作：%1</translation>
    </message>
    <message>
        <source>1 row will be written to %1.</source>
        <translation>将向 %1 写入 1 行。</translation>
    </message>
    <message>
        <source>The job keeps nothing that this could be undone from. Rows that changed since the preview are not written.</source>
        <translation>任务没有保留可用于撤销的内容。预览后被改动的行不会写入。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a side and what is written there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>To be written: %1 to %2, %3 to %4.</source>
        <translation>将写入：%2 %1 行，%4 %3 行。</translation>
    </message>
    <message>
        <source>Looking for triggers and cascades in %1 and %2…</source>
        <translation>正在查找 %1 和 %2 中的触发器和级联…</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>还原</translation>
    </message>
    <message numerus="yes">
        <source>What this overwrites is kept for %Ln day(s); the history (Ctrl+H) takes it back. Rows that changed since the preview are not written.</source>
        <translation>
            <numerusform>被覆盖的内容保留 %Ln 天，可在历史记录（Ctrl+H）中撤销。预览后被改动的行不会写入。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictCellModel</name>
    <message>
        <source>to be deleted</source>
        <translation>将删除</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>each keeps its own</source>
        <translation>各自保留</translation>
    </message>
    <message>
        <source>unanswered</source>
        <translation>未答复</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Last synced</source>
        <translation>上次同步值</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>true or false is expected.</source>
        <translation>应为 true 或 false。</translation>
    </message>
    <message>
        <source>A whole number is expected.</source>
        <translation>应为整数。</translation>
    </message>
    <message numerus="yes">
        <source>A number with at most %n digit(s) after the point is expected.</source>
        <translation>
            <numerusform>应为小数点后最多 %n 位的数字。</numerusform>
        </translation>
    </message>
    <message>
        <source>A number is expected.</source>
        <translation>应为数字。</translation>
    </message>
    <message>
        <source>A date such as 2024-02-29 is expected.</source>
        <translation>应为日期，例如 2024-02-29。</translation>
    </message>
    <message>
        <source>A time such as 13:05:00 is expected.</source>
        <translation>应为时间，例如 13:05:00。</translation>
    </message>
    <message>
        <source>A time such as 2024-02-29 13:05:00 is expected.</source>
        <translation>应为时间，例如 2024-02-29 13:05:00。</translation>
    </message>
    <message>
        <source>A time such as 2024-02-29 13:05:00+00:00 is expected.</source>
        <translation>应为时间，例如 2024-02-29 13:05:00+00:00。</translation>
    </message>
    <message>
        <source>A UUID is expected.</source>
        <translation>应为 UUID。</translation>
    </message>
    <message>
        <source>JSON is expected.</source>
        <translation>应为 JSON。</translation>
    </message>
    <message>
        <source>Bytes such as 0x00ff are expected, or a file.</source>
        <translation>应为字节，例如 0x00ff，或一个文件。</translation>
    </message>
    <message>
        <source>The column does not take this text.</source>
        <translation>该列不接受此文本。</translation>
    </message>
    <message>
        <source>%1 takes no NULL here.</source>
        <translation>%1 的此列不接受 NULL。</translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n byte(s).</source>
        <translation>
            <numerusform>%1 最多接受 %n 字节。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n character(s).</source>
        <translation>
            <numerusform>%1 最多接受 %n 个字符。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 takes at most %n digit(s) before the point.</source>
        <translation>
            <numerusform>%1 的小数点前最多 %n 位。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 takes whole numbers from %2 to %3.</source>
        <translation>%1 接受 %2 到 %3 的整数。</translation>
    </message>
    <message>
        <source>%1 takes only %2 and others of its list.</source>
        <translation>%1 只接受 %2 等列表中的值。</translation>
    </message>
    <message>
        <source>%1 takes only %2.</source>
        <translation>%1 只接受 %2。</translation>
    </message>
    <message>
        <source>%1: %2 Written like this, the row will be refused.</source>
        <translation>%1：%2 如此写入，该行会被拒绝。</translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictCellView</name>
    <message>
        <source>Cells in conflict</source>
        <translation>冲突的单元格</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>取 %1 的值</translation>
    </message>
    <message>
        <source>Take the last synced value</source>
        <translation>取上次同步值</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Set NULL</source>
        <translation>设为 NULL</translation>
    </message>
    <message>
        <source>Value from a file…</source>
        <translation>取自文件的值…</translation>
    </message>
    <message>
        <source>Take the answer back</source>
        <translation>撤回答复</translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictListModel</name>
    <message>
        <source>%1 deleted it, %2 changed it</source>
        <translation>%1 删除，%2 改动</translation>
    </message>
    <message>
        <source>on both sides, never in step</source>
        <translation>两端都有，从未一致</translation>
    </message>
    <message>
        <source>both have their own %1</source>
        <translation>两端的 %1 各不相同</translation>
    </message>
    <message>
        <source>a run was cut off while it wrote the row</source>
        <translation>运行在写入该行时中断</translation>
    </message>
    <message>
        <source>a database refuses the row</source>
        <translation>数据库拒绝该行</translation>
    </message>
    <message>
        <source>both changed it</source>
        <translation>两端都有改动</translation>
    </message>
    <message>
        <source>both changed %1</source>
        <translation>两端都改动了 %1</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>left as it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>the sides differ</source>
        <translation>两端不同</translation>
    </message>
    <message>
        <source>the sides differ in %1</source>
        <translation>两端的 %1 不同</translation>
    </message>
    <message>
        <source>changed while its answer was written</source>
        <translation>写入答复期间被改动</translation>
    </message>
</context>
<context>
    <name>tidemark::ConflictWindow</name>
    <message>
        <source>Not every cell is answered yet.</source>
        <translation>还有单元格未答复。</translation>
    </message>
    <message>
        <source>Nothing was saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>%1 of %2 are written already, or moved since; those stay as they are.</source>
        <translation>%2 个中有 %1 个已写入，或此后有变化；这些保持不变。</translation>
    </message>
    <message>
        <source>%1 of %2 moved since they were shown; those are still open.</source>
        <translation>%2 个中有 %1 个在显示后有变化；这些仍待处理。</translation>
    </message>
    <message>
        <source>Every conflict in the list is answered.</source>
        <translation>列表中的冲突都已答复。</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) taken back.</source>
        <translation>
            <numerusform>已撤回 %n 个答复。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) given again.</source>
        <translation>
            <numerusform>已重新给出 %n 个答复。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was saved: the job is running.</source>
        <translation>未保存：任务正在运行。</translation>
    </message>
    <message>
        <source>Value from a file</source>
        <translation>取自文件的值</translation>
    </message>
    <message>
        <source>The file cannot be read, or is larger than 16 MiB.</source>
        <translation>无法读取该文件，或文件大于 16 MiB。</translation>
    </message>
    <message>
        <source>The file is no UTF-8 text.</source>
        <translation>该文件不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The conflicts cannot be read: %1</source>
        <translation>无法读取冲突：%1</translation>
    </message>
    <message>
        <source>The conflict cannot be read: %1</source>
        <translation>无法读取该冲突：%1</translation>
    </message>
    <message>
        <source>Since %1 this is a conflict no more.</source>
        <translation>自 %1 起，此处已无冲突。</translation>
    </message>
    <message>
        <source>The row moved at %1. What you see is the earlier one.</source>
        <translation>该行在 %1 发生变化。现在看到的是先前的行。</translation>
    </message>
    <message>
        <source>%1 moved at %2. What you see is the earlier row.</source>
        <translation>%1 在 %2 发生变化。现在看到的是先前的行。</translation>
    </message>
    <message>
        <source>No conflict waits for an answer.</source>
        <translation>没有待答复的冲突。</translation>
    </message>
    <message>
        <source>Reading the conflicts…</source>
        <translation>正在读取冲突…</translation>
    </message>
    <message>
        <source>The first %1 are listed; the others follow when these are answered.</source>
        <translation>列出前 %1 个；答复后再列出其余的。</translation>
    </message>
    <message>
        <source>Nothing passes the filter.</source>
        <translation>没有符合筛选条件的冲突。</translation>
    </message>
    <message>
        <source>No conflict is selected.</source>
        <translation>未选择冲突。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>The job&apos;s columns have changed since. A side can be kept as a whole; the next run reads the row anew.</source>
        <translation>任务的列此后有改动。可以整行保留一端；下次运行会重新读取该行。</translation>
    </message>
    <message>
        <source>Open since %1, met last by run %2</source>
        <translation>自 %1 起待处理，最近一次由运行 %2 遇到</translation>
    </message>
    <message>
        <source>Answered by %1 at %2, not written yet</source>
        <translation>%1 于 %2 答复，尚未写入</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保留 %1 的值</translation>
    </message>
    <message>
        <source>Delete the row as %1 did</source>
        <translation>像 %1 一样删除该行</translation>
    </message>
    <message>
        <source>The whole row (Ctrl+&lt;)</source>
        <translation>整行（Ctrl+&lt;）</translation>
    </message>
    <message>
        <source>The whole row (Ctrl+&gt;)</source>
        <translation>整行（Ctrl+&gt;）</translation>
    </message>
    <message numerus="yes">
        <source>Same for %n similar…</source>
        <translation>
            <numerusform>对 %n 个同类冲突同样处理…</numerusform>
        </translation>
    </message>
    <message>
        <source>Same for similar…</source>
        <translation>对同类冲突同样处理…</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) not changed</source>
        <translation>
            <numerusform>%n 列未改动</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) agree</source>
        <translation>
            <numerusform>%n 列一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed on one side alone, taken from there</source>
        <translation>
            <numerusform>%n 列仅一端有改动，取该端的值</numerusform>
        </translation>
    </message>
    <message>
        <source>The job is running. Answers can be saved when it has ended.</source>
        <translation>任务正在运行。结束后可以保存答复。</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) saved and not yet written.</source>
        <translation>
            <numerusform>%n 个答复已保存，尚未写入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits to be written.</source>
        <translation>没有待写入的答复。</translation>
    </message>
    <message numerus="yes">
        <source>Write %n answer(s)</source>
        <translation>
            <numerusform>写入 %n 个答复</numerusform>
        </translation>
    </message>
    <message>
        <source>Conflicts: %1</source>
        <translation>冲突：%1</translation>
    </message>
    <message>
        <source>Filter by key or column</source>
        <translation>按键或列筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>&lt;  %1    &gt;  %2    /  Last synced    F2  Edit    Ctrl+0  NULL    Ctrl+&lt; Ctrl+&gt;  Whole row</source>
        <translation>&lt;  %1    &gt;  %2    /  上次同步值    F2  编辑    Ctrl+0  NULL    Ctrl+&lt; Ctrl+&gt;  整行</translation>
    </message>
    <message>
        <source>Leave both</source>
        <translation>两端都不动</translation>
    </message>
    <message>
        <source>Both sides stay as they are; asked again when either changes</source>
        <translation>两端保持不变，再有变化时询问</translation>
    </message>
    <message>
        <source>What would a policy do?</source>
        <translation>按策略会如何处理？</translation>
    </message>
    <message>
        <source>Save and next</source>
        <translation>保存并看下一个</translation>
    </message>
    <message>
        <source>Keeps the answer and opens the next conflict (Return)</source>
        <translation>保存答复并打开下一个冲突（回车）</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>所有类型</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>两端都有改动</translation>
    </message>
    <message>
        <source>On both sides, never in step</source>
        <translation>两端都有，从未一致</translation>
    </message>
    <message>
        <source>Deleted and changed</source>
        <translation>一端删除，一端改动</translation>
    </message>
    <message>
        <source>Cut off while being written</source>
        <translation>写入时中断</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Open and answered</source>
        <translation>待处理和已答复</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Left as they are</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>All tables</source>
        <translation>所有表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>&lt;  %1    &gt;  %2    F2  Edit    Ctrl+0  NULL    Ctrl+&lt; Ctrl+&gt;  Whole row</source>
        <translation>&lt;  %1    &gt;  %2    F2  编辑    Ctrl+0  NULL    Ctrl+&lt; Ctrl+&gt;  整行</translation>
    </message>
    <message>
        <source>Refused by a database</source>
        <translation>被数据库拒绝</translation>
    </message>
    <message>
        <source>Changed while being written</source>
        <translation>写入期间被改动</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n conflict(s) shown</source>
        <translation>
            <numerusform>显示 %n 个冲突中的 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n 个冲突</numerusform>
        </translation>
    </message>
    <message>
        <source>Not saved: the row moved since it was shown, or was answered elsewhere.</source>
        <translation>未保存：该行在显示之后已变动，或已在别处答复。</translation>
    </message>
    <message>
        <source>Saved. Ctrl+Z takes it back.</source>
        <translation>已保存，Ctrl+Z 可撤回。</translation>
    </message>
    <message>
        <source>%1 open</source>
        <translation>%1 个待处理</translation>
    </message>
    <message>
        <source>Open since %1, found by a comparison</source>
        <translation>自 %1 起待处理，由比较发现</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>What you began to answer is not saved.</source>
        <translation>已开始的答复尚未保存。</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存并关闭</translation>
    </message>
    <message>
        <source>Go on answering</source>
        <translation>继续答复</translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionDialog</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>新建连接</translation>
    </message>
    <message>
        <source>Connection %1</source>
        <translation>连接 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Grants…</source>
        <translation>所需权限(&amp;G)…</translation>
    </message>
    <message>
        <source>PRODUCTION: every write to it is confirmed by naming its host.</source>
        <translation>生产环境：每次写入前都会列出其主机并要求确认。</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH 隧道</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>The SQL that grants this user what a job needs, to be run by the database&apos;s keeper.</source>
        <translation>授予此用户任务所需权限的 SQL，由数据库管理者执行。</translation>
    </message>
    <message>
        <source>It keeps its name while jobs use it: %1.</source>
        <translation>有任务使用时不能改名：%1。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>The URL was not taken over. %1</source>
        <translation>未采用该 URL。%1</translation>
    </message>
    <message>
        <source>The URL held a password. Saving puts it into the keychain, never into a file.</source>
        <translation>URL 中含有密码。保存时存入密钥环，绝不写入文件。</translation>
    </message>
    <message>
        <source>The URL held a password. There is no keychain, so it serves the test here and is then asked each time.</source>
        <translation>URL 中含有密码。此处没有密钥环，密码仅用于测试，之后每次询问。</translation>
    </message>
    <message>
        <source>Left out of the URL: %1.</source>
        <translation>URL 中未采用的部分：%1。</translation>
    </message>
    <message>
        <source>Another program has changed this connection since it was opened here. Saving replaces that by what stands here.</source>
        <translation>打开之后，其他程序改动了此连接。保存会以此处内容替换那些改动。</translation>
    </message>
    <message>
        <source>Take over the change</source>
        <translation>采用改动</translation>
    </message>
    <message>
        <source>Another program has removed this connection. Saving makes it again from what stands here.</source>
        <translation>其他程序已移除此连接。保存会按此处内容重新创建。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved. %1</source>
        <translation>未保存。%1</translation>
    </message>
    <message>
        <source>Keeps the connection in the workspace; a password goes to the keychain.</source>
        <translation>将连接保存到工作区；密码存入密钥环。</translation>
    </message>
    <message>
        <source>Closes this window and asks first where something is not saved (Esc).</source>
        <translation>关闭此窗口；有未保存的内容时先询问 (Esc)。</translation>
    </message>
    <message>
        <source>The URL held a password. It stands in its field and never goes into a file.</source>
        <translation>URL 中含有密码。已填入密码栏，绝不写入文件。</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>What was typed here is not saved.</source>
        <translation>此处输入的内容尚未保存。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Saving was stopped. Nothing has changed.</source>
        <translation>已停止保存，未作任何改动。</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Paste a URL here or into any field, or drop a database file</source>
        <translation>将 URL 粘贴到此处或任意一栏，或拖放数据库文件</translation>
    </message>
    <message>
        <source>postgres://, mysql://, mariadb://, sqlite:, jdbc:, https://, redis:// and amqp:// URLs are spread over the fields. A password in it goes to the keychain or is asked, never into a file.</source>
        <translation>postgres://、mysql://、mariadb://、sqlite:、jdbc:、https://、redis:// 与 amqp:// 形式的 URL 会分填到各栏。其中的密码存入密钥环或每次询问，绝不写入文件。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionListDialog</name>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>移除(&amp;R)…</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation>新建连接…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Remove connection</source>
        <translation>移除连接</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%1 stays: %n job(s) use it.</source>
        <translation>
            <numerusform>%1 不能移除：%n 个任务正在使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Give these jobs another connection, or remove them first.</source>
        <translation>先为这些任务更换连接，或移除这些任务。</translation>
    </message>
    <message>
        <source>Remove the connection %1?</source>
        <translation>移除连接 %1？</translation>
    </message>
    <message>
        <source>The database itself is not touched.</source>
        <translation>数据库本身不受影响。</translation>
    </message>
    <message>
        <source>Remove its &amp;password from the keychain, too</source>
        <translation>同时从密钥环移除其密码(&amp;P)</translation>
    </message>
    <message>
        <source>Makes a connection.</source>
        <translation>新建连接。</translation>
    </message>
    <message>
        <source>Opens the selected connection (Return).</source>
        <translation>打开所选连接 (Return)。</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>复制(&amp;D)…</translation>
    </message>
    <message>
        <source>Makes a connection that begins as a copy (Ctrl+D).</source>
        <translation>以副本新建连接 (Ctrl+D)。</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Tests the selected connection (Ctrl+T). Nothing is written.</source>
        <translation>测试所选连接 (Ctrl+T)。不写入任何数据。</translation>
    </message>
    <message>
        <source>Removes the selected connection (Del). The database itself is not touched.</source>
        <translation>移除所选连接 (Del)。数据库本身不受影响。</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>搜索 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search the connections</source>
        <translation>搜索连接</translation>
    </message>
    <message>
        <source>S&amp;top the test</source>
        <translation>停止测试(&amp;T)</translation>
    </message>
    <message>
        <source>No connection matches the search.</source>
        <translation>没有符合搜索的连接。</translation>
    </message>
    <message>
        <source>A connection is a saved way to reach one database, web service or message queue. There is none yet.</source>
        <translation>连接是访问一个数据库、Web 服务或消息队列的已保存方式。目前还没有连接。</translation>
    </message>
    <message>
        <source>Set &amp;aside…</source>
        <translation>已搁置(&amp;A)…</translation>
    </message>
    <message>
        <source>The messages of the selected queue that no run could apply, and the way back.</source>
        <translation>所选队列中任何运行都无法应用的消息，以及退回的途径。</translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionListModel</name>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Not tested yet</source>
        <translation>尚未测试</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>result of a test · its age</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 · used by %n job(s)</source>
        <translation>
            <numerusform>%1 · %n 个任务使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Used by %1</source>
        <translation>由 %1 使用</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorActions</name>
    <message>
        <source>After a run that went well</source>
        <translation>运行顺利完成后</translation>
    </message>
    <message>
        <source>When somebody is needed</source>
        <translation>需要人处理时</translation>
    </message>
    <message>
        <source>When a run fails</source>
        <translation>运行失败时</translation>
    </message>
    <message>
        <source>After every run</source>
        <translation>每次运行后</translation>
    </message>
    <message>
        <source>What follows a run</source>
        <translation>运行后的操作</translation>
    </message>
    <message>
        <source>Carried out by whoever runs the job, in this order. What fails is told, and changes nothing of the run. On the command line only with --trust.</source>
        <translation>由运行任务的程序按此顺序执行。失败会告知，但不影响运行本身。在命令行中需加 --trust。</translation>
    </message>
    <message>
        <source>Add a &amp;notification</source>
        <translation>添加通知(&amp;N)</translation>
    </message>
    <message>
        <source>Add a c&amp;ommand</source>
        <translation>添加命令(&amp;O)</translation>
    </message>
    <message>
        <source>Add a web &amp;hook</source>
        <translation>添加网络回调(&amp;H)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时机</translation>
    </message>
    <message>
        <source>Ends after</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Arguments, one a line</source>
        <translation>参数，每行一个</translation>
    </message>
    <message>
        <source>No shell reads them. {report} stands for a file with the run&apos;s report as JSON.</source>
        <translation>不经过 shell。{report} 代表含运行报告（JSON）的文件。</translation>
    </message>
    <message>
        <source>None: not signed</source>
        <translation>无：不签名</translation>
    </message>
    <message>
        <source>Of the keychain</source>
        <translation>来自钥匙串</translation>
    </message>
    <message>
        <source>Of an environment variable</source>
        <translation>来自环境变量</translation>
    </message>
    <message>
        <source>Of a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Secret that signs</source>
        <translation>签名密钥</translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The run&apos;s report is posted as JSON; with a secret, X-Tidemark-Signature proves where it comes from.</source>
        <translation>运行报告以 JSON 发送；设有密钥时，X-Tidemark-Signature 证明其来源。</translation>
    </message>
    <message>
        <source>runs %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>posts the report to %1</source>
        <translation>将报告发送到 %1</translation>
    </message>
    <message>
        <source>shows a notification</source>
        <translation>显示通知</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>when: what</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorAdvice</name>
    <message>
        <source>&amp;Use this way</source>
        <translation>采用此方式(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查看(&amp;L)</translation>
    </message>
    <message>
        <source>Way to find changes</source>
        <translation>变更检测方式</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Query and mending SQL</source>
        <translation>查询与修正 SQL</translation>
    </message>
    <message>
        <source>Looking at the table…</source>
        <translation>正在查看该表…</translation>
    </message>
    <message>
        <source>%1 (recommended)</source>
        <translation>%1（推荐）</translation>
    </message>
    <message>
        <source>Asked: %1</source>
        <translation>查询：%1</translation>
    </message>
    <message>
        <source>Mends it:</source>
        <translation>修正方法：</translation>
    </message>
    <message>
        <source>Copy the S&amp;QL</source>
        <translation>复制 SQL(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorCheckPage</name>
    <message>
        <source>&amp;Copy the SQL</source>
        <translation>复制 SQL(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go to the field</source>
        <translation>转到该项(&amp;G)</translation>
    </message>
    <message>
        <source>Problems and remarks</source>
        <translation>问题与备注</translation>
    </message>
    <message>
        <source>The remark in full</source>
        <translation>备注全文</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>将创建</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Checking both databases…</source>
        <translation>正在检查两端数据库…</translation>
    </message>
    <message>
        <source>One side could not be checked.</source>
        <translation>有一端无法检查。</translation>
    </message>
    <message>
        <source>Checked. A run would meet no problem.</source>
        <translation>已检查，运行不会遇到问题。</translation>
    </message>
    <message numerus="yes">
        <source>Checked. A run would meet %n problem(s).</source>
        <translation>
            <numerusform>已检查，运行会遇到 %n 个问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Try the values</source>
        <translation>试写数据(&amp;T)</translation>
    </message>
    <message>
        <source>Writes edge values and some rows into a temporary table of the target and reads them back. Nothing is left behind.</source>
        <translation>将边界值和部分行写入目标端的临时表再读回，不留下任何内容。</translation>
    </message>
    <message>
        <source>Trying edge values and sample rows…</source>
        <translation>正在试写边界值和样本行…</translation>
    </message>
    <message>
        <source>Tried: every value came back as it was.</source>
        <translation>已试写，所有值读回后均未改变。</translation>
    </message>
    <message numerus="yes">
        <source>Tried: %n kind(s) of values would be changed or refused.</source>
        <translation>
            <numerusform>已试写，有 %n 类值会被改变或拒绝。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sto&amp;p trying</source>
        <translation>停止试写(&amp;P)</translation>
    </message>
    <message>
        <source>Check aga&amp;in</source>
        <translation>重新检查(&amp;I)</translation>
    </message>
    <message>
        <source>Both databases are checked once source, target and tables are known.</source>
        <translation>确定源端、目标端和表之后，将检查两端数据库。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorColumnModel</name>
    <message>
        <source>not at the source</source>
        <translation>源端没有</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不同步</translation>
    </message>
    <message>
        <source>no counterpart</source>
        <translation>无对应列</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorColumnsTab</name>
    <message>
        <source>Key by the &amp;table</source>
        <translation>使用表自身的键(&amp;T)</translation>
    </message>
    <message>
        <source>Find a column</source>
        <translation>查找列</translation>
    </message>
    <message>
        <source>A column that the source gets later is then not taken along.</source>
        <translation>源端以后新增的列将不会一并同步。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不同步</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Zero dates</source>
        <translation>零日期</translation>
    </message>
    <message>
        <source>Set the row aside</source>
        <translation>搁置该行</translation>
    </message>
    <message>
        <source>Write NULL</source>
        <translation>写入 NULL</translation>
    </message>
    <message>
        <source>NUL characters</source>
        <translation>NUL 字符</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Zero dates (0000-00-00)</source>
        <translation>零日期（0000-00-00）</translation>
    </message>
    <message>
        <source>No key: tick the columns that tell one row from another.</source>
        <translation>没有键：勾选能区分各行的列。</translation>
    </message>
    <message>
        <source>Rows are matched by %1, as chosen here.</source>
        <translation>按 %1 匹配行（在此选定）。</translation>
    </message>
    <message>
        <source>Rows are matched by %1, the table&apos;s own key.</source>
        <translation>按 %1 匹配行（表自身的键）。</translation>
    </message>
    <message>
        <source>On&amp;ly these columns</source>
        <translation>仅限这些列(&amp;L)</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>两端都改过时</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>The source&apos;s value</source>
        <translation>源端的值</translation>
    </message>
    <message>
        <source>The target&apos;s value</source>
        <translation>目标端的值</translation>
    </message>
    <message>
        <source>The greater value</source>
        <translation>较大的值</translation>
    </message>
    <message>
        <source>The smaller value</source>
        <translation>较小的值</translation>
    </message>
    <message>
        <source>The value that is not NULL</source>
        <translation>非 NULL 的值</translation>
    </message>
    <message>
        <source>Both texts, the source&apos;s first</source>
        <translation>两段文本相接，源端在前</translation>
    </message>
    <message>
        <source>Both changes added up</source>
        <translation>两端的改动相加</translation>
    </message>
    <message>
        <source>Both sides change %1 with every edit: the later time is kept, and is no conflict. Select the column to have it otherwise.</source>
        <translation>两端每次编辑都会改动 %1：保留较晚的时间，不算冲突。选中该列可另行设置。</translation>
    </message>
    <message>
        <source>as written</source>
        <translation>按原样比较</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorConflicts</name>
    <message>
        <source>Rows that are there on both sides and differ when nothing tells which side changed them: at the first run, or where the record is lost.</source>
        <translation>两端都有、内容不同而又无从判断哪端改过的行：首次运行，或记录丢失时。</translation>
    </message>
    <message>
        <source>The newest row wins</source>
        <translation>以较新的行为准</translation>
    </message>
    <message>
        <source>The source&apos;s row wins</source>
        <translation>以源端的行为准</translation>
    </message>
    <message>
        <source>The target&apos;s row wins</source>
        <translation>以目标端的行为准</translation>
    </message>
    <message>
        <source>The target&apos;s row stays</source>
        <translation>目标端的行不变</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Rows that differ</source>
        <translation>有差异的行</translation>
    </message>
    <message>
        <source>Where both sides changed the same row since the last run. What nothing decides is left as it is at both sides, and asked.</source>
        <translation>自上次运行以来两端都改过的行。无法决定的，两端保持原样，等待作答。</translation>
    </message>
    <message>
        <source>Where a row differs</source>
        <translation>行有差异时</translation>
    </message>
    <message>
        <source>Both sides change %1 with every edit, so that each row that both changed is asked about. List the tables, and the later time is kept instead.</source>
        <translation>两端每次编辑都会改动 %1，因此两端都改过的每一行都会询问。逐个列出表后，则保留较晚的时间。</translation>
    </message>
    <message>
        <source>Both sides change %1 with every edit. A column of each table says what becomes of it: page Tables, tab Columns.</source>
        <translation>两端每次编辑都会改动 %1。如何处理由各表的列决定：“表”页的“列”选项卡。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Merge, ask for the rest</source>
        <translation>按单元格合并，其余询问</translation>
    </message>
    <message>
        <source>Where both sides have a row and it differs. The source is never written; what nothing decides stays as it is at the target, and is asked.</source>
        <translation>两端都有但内容不同的行。绝不写入源端；无法判定的行在目标端保持原样，并列出询问。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorDeletes</name>
    <message>
        <source>Deletes</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>At every run</source>
        <translation>每次运行</translation>
    </message>
    <message>
        <source>At most once an hour</source>
        <translation>每小时至多一次</translation>
    </message>
    <message>
        <source>At most once a day</source>
        <translation>每天至多一次</translation>
    </message>
    <message>
        <source>At most once a week</source>
        <translation>每周至多一次</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Deleted rows are found by comparing the keys of both sides.</source>
        <translation>通过比较两端的键找出已删除的行。</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>The target</source>
        <translation>目标端</translation>
    </message>
    <message>
        <source>A table that would lose more is left as it is until a person approves the number of deletes.</source>
        <translation>若某个表的删除超过此限，则保持原样，直到有人批准删除的行数。</translation>
    </message>
    <message>
        <source>Pass them on</source>
        <translation>传到另一端</translation>
    </message>
    <message>
        <source>Do not pass them on</source>
        <translation>不传到另一端</translation>
    </message>
    <message>
        <source>A column marks deleted rows</source>
        <translation>由一列标记已删除的行</translation>
    </message>
    <message>
        <source>Rows that the source has marked are left out.</source>
        <translation>源端已标记的行不参与同步。</translation>
    </message>
    <message>
        <source>Rows that the source has marked count as deleted.</source>
        <translation>源端已标记的行视为已删除。</translation>
    </message>
    <message>
        <source>Instead of deleting a row there, a run sets this column; a row that comes back takes the marked one over.</source>
        <translation>运行不在那里删除行，而是设置此列；行重新出现时会接管已标记的那一行。</translation>
    </message>
    <message>
        <source>Rows so marked count as deleted.</source>
        <translation>这样标记的行视为已删除。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorDetection</name>
    <message>
        <source>One growing sequence a table</source>
        <translation>每个表一个递增序列</translation>
    </message>
    <message>
        <source>A counter a row</source>
        <translation>每行一个计数器</translation>
    </message>
    <message>
        <source>automatic: 2s, or 5m where open transactions cannot be seen</source>
        <translation>自动：2s；看不到未结束的事务时为 5m</translation>
    </message>
    <message>
        <source>Compare all rows</source>
        <translation>比较所有行</translation>
    </message>
    <message>
        <source>By a time stamp</source>
        <translation>按时间戳</translation>
    </message>
    <message>
        <source>By a version number</source>
        <translation>按版本号</translation>
    </message>
    <message>
        <source>By a flag</source>
        <translation>按标记</translation>
    </message>
    <message>
        <source>As the job: %1</source>
        <translation>同任务：%1</translation>
    </message>
    <message>
        <source>Reads both sides whole; finds every difference, whoever made it.</source>
        <translation>完整读取两端，无论由谁改动，都能发现每处差异。</translation>
    </message>
    <message>
        <source>Timestamps alone cannot see deleted rows.</source>
        <translation>仅凭时间戳无法发现已删除的行。</translation>
    </message>
    <message>
        <source>Version numbers alone cannot see deleted rows.</source>
        <translation>仅凭版本号无法发现已删除的行。</translation>
    </message>
    <message>
        <source>Sets the flag to done at the source: it writes there.</source>
        <translation>会在源端把标记设为已处理，即写入源端。</translation>
    </message>
    <message>
        <source>By a change log</source>
        <translation>通过变更日志</translation>
    </message>
    <message>
        <source>Reads what triggers have logged; tidemark-cli job log installs them.</source>
        <translation>读取触发器记录的变更；触发器由 tidemark-cli job log 安装。</translation>
    </message>
    <message>
        <source>At the target: %1.</source>
        <translation>目标端：%1。</translation>
    </message>
    <message>
        <source>The messages are the changes: nothing has to be found.</source>
        <translation>消息本身即变更：无需查找。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorFields</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>As the job: %1</source>
        <translation>同任务：%1</translation>
    </message>
    <message>
        <source>as the job: %1</source>
        <translation>同任务：%1</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorFilter</name>
    <message>
        <source>An SQL expression over the table&apos;s columns, in the source&apos;s own dialect. Empty: all rows.</source>
        <translation>针对该表各列的 SQL 表达式，使用源端自身的语法；留空表示所有行。</translation>
    </message>
    <message>
        <source>Rows of the target outside its filter are not compared and never deleted.</source>
        <translation>目标端不符合筛选条件的行不参与比较，也不会被删除。</translation>
    </message>
    <message>
        <source>All rows, about %1.</source>
        <translation>所有行，约 %1 行。</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在计数…</translation>
    </message>
    <message>
        <source>At least %1 rows pass.</source>
        <translation>至少 %1 行符合。</translation>
    </message>
    <message>
        <source>%1 rows pass, of about %2.</source>
        <translation>%1 行符合，共约 %2 行。</translation>
    </message>
    <message>
        <source>%1 rows pass.</source>
        <translation>%1 行符合。</translation>
    </message>
    <message>
        <source>Too long for this field: at most %1 characters.</source>
        <translation>内容过长：此处最多 %1 个字符。</translation>
    </message>
    <message>
        <source>%1 characters: too long to be edited here. It stays as it is in the file.</source>
        <translation>共 %1 个字符：过长，无法在此编辑，文件中的内容保持不变。</translation>
    </message>
    <message>
        <source>What comes from a service or a queue has no filter.</source>
        <translation>来自服务或队列的内容没有筛选条件。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorKept</name>
    <message>
        <source>For&amp;get last synced values…</source>
        <translation>忘记上次同步值(&amp;G)…</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>各列的值</translation>
    </message>
    <message>
        <source>Its fingerprint alone</source>
        <translation>仅指纹</translation>
    </message>
    <message>
        <source>Kept on this machine</source>
        <translation>保存在本机</translation>
    </message>
    <message>
        <source>Last synced</source>
        <translation>上次同步值</translation>
    </message>
    <message>
        <source>What both sides were when they were last in step. Once it is forgotten, the next run meets every row as for the first time: what one side lacks is inserted there again, and rows that differ go by the rule for what nothing tells.</source>
        <translation>两端上次一致时的样子。忘记之后，下次运行会把每一行当作首次相遇：一端缺少的行会重新新增，不同的行按无从判断时的规则处理。</translation>
    </message>
    <message>
        <source>By fingerprints alone undo puts no values back.</source>
        <translation>仅存指纹时，撤销无法恢复原值。</translation>
    </message>
    <message>
        <source>How much this is, is not known: the rows of this table were not counted.</source>
        <translation>无法估计大小：此表的行数未知。</translation>
    </message>
    <message>
        <source>About %1 for %2 rows with their values, about %3 with their fingerprints alone.</source>
        <translation>%2 行连同各列的值约 %1，仅存指纹约 %3。</translation>
    </message>
    <message>
        <source>Forget last synced values</source>
        <translation>忘记上次同步值</translation>
    </message>
    <message>
        <source>Forget what %1 was when both sides were last in step? Rows that were deleted on one side since then come back from the other, and rows that differ are decided anew. Nothing is written now.</source>
        <translation>忘记 %1 在两端上次一致时的样子？此后在一端删除的行会从另一端回来，不同的行会重新判断。现在不写入任何数据。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Forgetting…</source>
        <translation>正在忘记…</translation>
    </message>
    <message>
        <source>Forgotten. The next run meets the rows of this table anew.</source>
        <translation>已忘记。下次运行会重新比对此表的行。</translation>
    </message>
    <message>
        <source>There was nothing to forget.</source>
        <translation>没有可忘记的内容。</translation>
    </message>
    <message>
        <source>By fingerprints alone changes are found all the same. But rows that both sides changed are not merged, conflicts show no last synced values, and undo puts no values back. Values of the last sync that are kept so far go with the next run; those of earlier runs in undo files stay until they are purged.</source>
        <translation>仅存指纹时照样能发现改动。但两端都改过的行不会合并，冲突中没有上次同步值，撤销也无法恢复原值。已存的上次同步值会在下次运行时删除；先前运行的撤销文件中的值会留到清除为止。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorPanel</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>变更检测</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Select a table to see its columns and rules.</source>
        <translation>选择一个表，查看其列和规则。</translation>
    </message>
    <message>
        <source>List the tables</source>
        <translation>列出各表</translation>
    </message>
    <message>
        <source>%1 is not part of the job.</source>
        <translation>%1 不在此任务中。</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>加入任务</translation>
    </message>
    <message>
        <source>not at the target</source>
        <translation>目标端没有</translation>
    </message>
    <message>
        <source>The job takes every table alike, also those that are made later. Listed one by one, each can have a key, columns, a filter and rules of its own; later ones are then to be ticked.</source>
        <translation>任务包括所有表，以后新建的也算在内。逐个列出后，每个表可以有自己的键、列、筛选条件和规则；以后新建的表需要另行勾选。</translation>
    </message>
    <message>
        <source>The tables appear here once both sides are chosen and read.</source>
        <translation>选好两端并读取之后，表会显示在这里。</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>本机保存</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorRemarkModel</name>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>What a run will meet</source>
        <translation>运行将遇到的情况</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorRules</name>
    <message>
        <source>Finding changes</source>
        <translation>变更检测</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Upper and lower case differ</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Trailing spaces count</source>
        <translation>计入尾部空格</translation>
    </message>
    <message>
        <source>An empty text equals NULL</source>
        <translation>空文本等同于 NULL</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Microseconds</source>
        <translation>微秒</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Create the table if missing</source>
        <translation>缺少时创建该表</translation>
    </message>
    <message>
        <source>Write without transactions</source>
        <translation>无事务也写入</translation>
    </message>
    <message>
        <source>Write tables without transactions (MyISAM) too</source>
        <translation>也写入不支持事务的表（MyISAM）</translation>
    </message>
    <message>
        <source>A batch of rows</source>
        <translation>一批行</translation>
    </message>
    <message>
        <source>A table, or tables joined by foreign keys</source>
        <translation>一个表，或由外键相连的表</translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation>整次运行</translation>
    </message>
    <message>
        <source>The target, in a table of Tidemark&apos;s own</source>
        <translation>目标端中 Tidemark 自己的表</translation>
    </message>
    <message>
        <source>This workspace alone</source>
        <translation>仅此工作区</translation>
    </message>
    <message>
        <source>When a server does not answer</source>
        <translation>服务器无响应时</translation>
    </message>
    <message>
        <source>The coarser side</source>
        <translation>以较粗的一端为准</translation>
    </message>
    <message>
        <source>By value</source>
        <translation>按值</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>按文本</translation>
    </message>
    <message>
        <source>Set it aside</source>
        <translation>搁置该行</translation>
    </message>
    <message>
        <source>Stop the table</source>
        <translation>停止该表</translation>
    </message>
    <message>
        <source>Kept on this machine</source>
        <translation>保存在本机</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>各列的值</translation>
    </message>
    <message>
        <source>Its fingerprint alone</source>
        <translation>仅指纹</translation>
    </message>
    <message>
        <source>By fingerprints alone undo puts no values back.</source>
        <translation>仅存指纹时，撤销无法恢复原值。</translation>
    </message>
    <message>
        <source>By fingerprints alone changes are found all the same. But rows that both sides changed are not merged, conflicts show no last synced values, and undo puts no values back. Values of the last sync that are kept so far go with the next run; those of earlier runs in undo files stay until they are purged.</source>
        <translation>仅存指纹时照样能发现改动。但两端都改过的行不会合并，冲突中没有上次同步值，撤销也无法恢复原值。已存的上次同步值会在下次运行时删除；先前运行的撤销文件中的值会留到清除为止。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorSchedule</name>
    <message>
        <source>When it runs</source>
        <translation>何时运行</translation>
    </message>
    <message>
        <source>When somebody starts it</source>
        <translation>手动启动时</translation>
    </message>
    <message>
        <source>Again and again, every …</source>
        <translation>按固定间隔</translation>
    </message>
    <message>
        <source>On days, at times</source>
        <translation>按星期和时刻</translation>
    </message>
    <message>
        <source>As a cron expression says</source>
        <translation>按 cron 表达式</translation>
    </message>
    <message>
        <source>After another job</source>
        <translation>在另一任务之后</translation>
    </message>
    <message>
        <source>15m, 2h, 1d</source>
        <translation>15m、2h、1d</translation>
    </message>
    <message>
        <source>08:00, 12:30</source>
        <translation>08:00, 12:30</translation>
    </message>
    <message>
        <source>Minute, hour, day of the month, month, weekday</source>
        <translation>分、时、日、月、星期</translation>
    </message>
    <message>
        <source>Within what</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>22:00-06:00; nothing: at any time</source>
        <translation>22:00-06:00；留空：任何时间</translation>
    </message>
    <message>
        <source>This computer&apos;s</source>
        <translation>本机时区</translation>
    </message>
    <message>
        <source>Run once, as soon as it can</source>
        <translation>尽快补运行一次</translation>
    </message>
    <message>
        <source>Skip them</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Skip the new one</source>
        <translation>跳过新的一次</translation>
    </message>
    <message>
        <source>Run once more afterwards</source>
        <translation>结束后再运行一次</translation>
    </message>
    <message>
        <source>30s; nothing: on time</source>
        <translation>30s；留空：准时</translation>
    </message>
    <message>
        <source>1d; nothing: never</source>
        <translation>1d；留空：从不</translation>
    </message>
    <message>
        <source>Runs while Tidemark is open, also in the tray; the settings let it start at login. Without a display tidemark-cli watch does the same. The first run waits until somebody has seen what it would write.</source>
        <translation>在 Tidemark 打开期间运行，包括在托盘中；可在设置中选择登录时启动。没有显示器时由 tidemark-cli watch 运行。首次运行要等有人看过将写入的内容。</translation>
    </message>
    <message>
        <source>No next time: see the problem below.</source>
        <translation>没有下次时间：见下方的问题。</translation>
    </message>
    <message>
        <source>Each time that the other job has completed.</source>
        <translation>每当另一任务完成时。</translation>
    </message>
    <message>
        <source>This never comes within ten years.</source>
        <translation>十年内不会到来。</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>接下来：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between times</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Next, by this computer&apos;s clock: %1</source>
        <translation>接下来（本机时间）：%1</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorSides</name>
    <message>
        <source>&amp;Add and update</source>
        <translation>新增并更新(&amp;A)</translation>
    </message>
    <message>
        <source>Adds rows that the target lacks and updates those that differ. Never deletes.</source>
        <translation>新增目标端缺少的行，更新有差异的行，从不删除。</translation>
    </message>
    <message>
        <source>Make &amp;identical</source>
        <translation>镜像(&amp;I)</translation>
    </message>
    <message>
        <source>Makes the target equal to the source: also deletes rows missing in the source.</source>
        <translation>使目标端与源端一致，也会删除源端没有的行。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
    <message>
        <source>Swap source and target</source>
        <translation>交换源端和目标端</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标端(&amp;T)</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>选择连接</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What it is for (optional)</source>
        <translation>用途（可选）</translation>
    </message>
    <message>
        <source>&amp;Enabled</source>
        <translation>启用(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>说明(&amp;D)</translation>
    </message>
    <message>
        <source>As written in the file</source>
        <translation>以文件所写为准</translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation>新建连接…</translation>
    </message>
    <message>
        <source>%1 · PRODUCTION</source>
        <translation>%1 · 生产环境</translation>
    </message>
    <message>
        <source>%1 · read-only</source>
        <translation>%1 · 只读</translation>
    </message>
    <message>
        <source>S&amp;ource</source>
        <translation>源端(&amp;O)</translation>
    </message>
    <message>
        <source>T&amp;wo-way</source>
        <translation>双向(&amp;W)</translation>
    </message>
    <message>
        <source>Each side gets what changed at the other, deletes too. Where both changed a row, you say what decides.</source>
        <translation>两端互相取得对方的改动，包括删除。两端都改过的行，由所选规则决定。</translation>
    </message>
    <message>
        <source>About %1 are kept on this machine: what the %2 rows were when both sides were last in step. Under Tables, Kept, each table can keep fingerprints alone.</source>
        <translation>本机约保存 %1：%2 行在两端上次一致时的样子。在“表”的“本机保存”中可让单个表仅存指纹。</translation>
    </message>
    <message>
        <source>Two-way would keep about %1 on this machine: what the %2 rows were when both sides were last in step.</source>
        <translation>双向模式会在本机保存约 %1：%2 行在两端上次一致时的样子。</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorTableModel</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>not at the source</source>
        <translation>源端没有</translation>
    </message>
    <message>
        <source>will be created</source>
        <translation>将创建</translation>
    </message>
    <message>
        <source>not at the target</source>
        <translation>目标端没有</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>没有键</translation>
    </message>
    <message>
        <source>own rules</source>
        <translation>有自己的规则</translation>
    </message>
    <message>
        <source>in the job</source>
        <translation>在任务中</translation>
    </message>
    <message>
        <source>not in the job</source>
        <translation>不在任务中</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源端</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标端</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorTablesPage</name>
    <message>
        <source>&amp;Only those ticked</source>
        <translation>仅勾选的表(&amp;O)</translation>
    </message>
    <message>
        <source>Find a table</source>
        <translation>查找表</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Reading the tables…</source>
        <translation>正在读取表…</translation>
    </message>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n 个表</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in the job</source>
        <translation>任务中 %1 个</translation>
    </message>
    <message>
        <source>%1 not at the target</source>
        <translation>目标端没有 %1 个</translation>
    </message>
    <message>
        <source>reading their columns…</source>
        <translation>正在读取各列…</translation>
    </message>
    <message>
        <source>&amp;All tables of the source</source>
        <translation>源端的所有表(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;All tables that both sides have</source>
        <translation>两端都有的所有表(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Create tables missing at the target</source>
        <translation>创建目标端没有的表(&amp;C)</translation>
    </message>
</context>
<context>
    <name>tidemark::EditorTargetDetection</name>
    <message>
        <source>As the source</source>
        <translation>与源端相同</translation>
    </message>
</context>
<context>
    <name>tidemark::FilterBar</name>
    <message>
        <source>Any column</source>
        <translation>任意列</translation>
    </message>
    <message>
        <source>Column to filter by</source>
        <translation>按哪一列筛选</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Rows with this text in a cell of either side. =text is the whole value, =NULL no value.</source>
        <translation>任一端单元格中含有此文本的行。=文本 表示整个值，=NULL 表示没有值。</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>Sorting %1…</source>
        <translation>正在排序 %1…</translation>
    </message>
    <message>
        <source>Reading: %1 % of %2</source>
        <translation>正在读取：%2 的 %1 %</translation>
    </message>
</context>
<context>
    <name>tidemark::FirstStrip</name>
    <message>
        <source>Nothing tells yet which side changed: these rows have not been in step before. Only in %1: %2. Only in %3: %4. On both sides and different: %5. Rows of one side go to the other; none is deleted.</source>
        <translation>还无法知道哪一端有改动：这些行此前从未一致过。仅在 %1 中：%2。仅在 %3 中：%4。两端都有但不同：%5。一端独有的行会写入另一端，不删除任何行。</translation>
    </message>
    <message>
        <source>&amp;Rows that differ:</source>
        <translation>不同的行(&amp;R)：</translation>
    </message>
    <message>
        <source>Compare by this rule</source>
        <translation>按此规则比较</translation>
    </message>
    <message>
        <source>Keeps the rule in the job, for all of its tables, and compares again</source>
        <translation>把规则存入任务，用于全部表，并重新比较</translation>
    </message>
    <message>
        <source>Rule for rows that differ at their first meeting</source>
        <translation>首次相遇时不同的行的规则</translation>
    </message>
    <message>
        <source>Ask; both sides stay as they are</source>
        <translation>询问，两端保持不变</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保留 %1 的值</translation>
    </message>
    <message>
        <source>The newest row wins</source>
        <translation>以最新的行为准</translation>
    </message>
    <message>
        <source>Merge by the rules of columns, ask for the rest</source>
        <translation>按列的规则合并，其余询问</translation>
    </message>
</context>
<context>
    <name>tidemark::GeneralPage</name>
    <message>
        <source>Database file</source>
        <translation>数据库文件</translation>
    </message>
    <message>
        <source>Create an &amp;empty database there when saving</source>
        <translation>保存时在该处创建空数据库(&amp;E)</translation>
    </message>
    <message>
        <source>Password file</source>
        <translation>密码文件</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>T&amp;ime-out:</source>
        <translation>超时(&amp;I)：</translation>
    </message>
    <message>
        <source>How long each answer is waited for before the server counts as unreachable: 10s, 2m.</source>
        <translation>等待每次应答的时长，超过即视为无法连接服务器：10s、2m。</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>What jobs call this connection. Job files name it; it can be renamed while no job does.</source>
        <translation>任务以此称呼该连接。任务文件会引用它；没有任务引用时可以改名。</translation>
    </message>
    <message>
        <source>Database s&amp;ystem:</source>
        <translation>数据库系统(&amp;Y)：</translation>
    </message>
    <message>
        <source>What kind of database it is.</source>
        <translation>数据库的种类。</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>The SQLite database file. It can be dropped here. One that does not exist yet can be named, too.</source>
        <translation>SQLite 数据库文件。可以拖放到此处，也可以填写尚不存在的文件。</translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation>端口(&amp;O)：</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation>主机(&amp;H)：</translation>
    </message>
    <message>
        <source>The server&apos;s name or address. A path that begins with / is the server&apos;s socket on this machine.</source>
        <translation>服务器的名称或地址。以 / 开头的路径表示本机上的服务器套接字。</translation>
    </message>
    <message>
        <source>Empty: the usual port of this database system.</source>
        <translation>留空：此数据库系统的常用端口。</translation>
    </message>
    <message>
        <source>&amp;Database:</source>
        <translation>数据库(&amp;D)：</translation>
    </message>
    <message>
        <source>The database on that server.</source>
        <translation>该服务器上的数据库。</translation>
    </message>
    <message>
        <source>S&amp;chema:</source>
        <translation>架构(&amp;C)：</translation>
    </message>
    <message>
        <source>The schema whose tables are meant. Empty: the first of the user&apos;s search path, mostly public.</source>
        <translation>表所在的架构。留空：用户搜索路径中的第一个，通常是 public。</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>用户(&amp;U)：</translation>
    </message>
    <message>
        <source>The user of the database. Grants… shows which rights a job needs.</source>
        <translation>数据库用户。“所需权限…”列出任务需要的权限。</translation>
    </message>
    <message>
        <source>Stored in the keychain</source>
        <translation>存入密钥环</translation>
    </message>
    <message>
        <source>Asked each time</source>
        <translation>每次询问</translation>
    </message>
    <message>
        <source>From an environment variable</source>
        <translation>取自环境变量</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>取自文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>密码(&amp;W)：</translation>
    </message>
    <message>
        <source>Where the password comes from. It is never written into a file of Tidemark.</source>
        <translation>密码的来源。密码绝不写入 Tidemark 的文件。</translation>
    </message>
    <message>
        <source>The password itself.</source>
        <translation>密码本身。</translation>
    </message>
    <message>
        <source>The password itself</source>
        <translation>密码本身</translation>
    </message>
    <message>
        <source>&amp;Variable:</source>
        <translation>变量(&amp;V)：</translation>
    </message>
    <message>
        <source>The environment variable that holds the password when Tidemark starts.</source>
        <translation>Tidemark 启动时存有密码的环境变量。</translation>
    </message>
    <message>
        <source>&amp;Password file:</source>
        <translation>密码文件(&amp;P)：</translation>
    </message>
    <message>
        <source>A file whose content is the password. It is refused where others may read it.</source>
        <translation>内容为密码的文件。若他人可以读取，则拒绝使用。</translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation>只读(&amp;R)</translation>
    </message>
    <message>
        <source>Tidemark never writes to it: a job cannot have it as its target.</source>
        <translation>Tidemark 从不写入：任务不能以它为目标端。</translation>
    </message>
    <message>
        <source>Before every write its host is named, and the write has to be confirmed; its screens bear a warning.</source>
        <translation>每次写入前都会列出其主机并要求确认；相关界面带有警告。</translation>
    </message>
    <message>
        <source>This desktop has no keychain, so a password cannot be stored here.</source>
        <translation>此桌面没有密钥环，无法保存密码。</translation>
    </message>
    <message>
        <source>For servers that know you by a socket or a certificate, or ask for nothing.</source>
        <translation>适用于凭套接字或证书识别用户，或不要求密码的服务器。</translation>
    </message>
    <message>
        <source>This desktop has no keychain. The password is asked each time instead.</source>
        <translation>此桌面没有密钥环，改为每次询问密码。</translation>
    </message>
    <message>
        <source>stored; type to replace it</source>
        <translation>已保存；输入即可替换</translation>
    </message>
    <message>
        <source>The desktop&apos;s keychain keeps it, under your login.</source>
        <translation>由桌面的密钥环保管，随登录解锁。</translation>
    </message>
    <message>
        <source>for the test alone</source>
        <translation>仅用于测试</translation>
    </message>
    <message>
        <source>Used for the test here and then forgotten; a run asks for it.</source>
        <translation>仅用于此处的测试，随后不再保留；运行时会询问。</translation>
    </message>
    <message>
        <source>SQLite database, %1.</source>
        <translation>SQLite 数据库，%1。</translation>
    </message>
    <message>
        <source>There is no such file yet.</source>
        <translation>尚无此文件。</translation>
    </message>
    <message>
        <source>This is a folder.</source>
        <translation>这是一个文件夹。</translation>
    </message>
    <message>
        <source>This file is not an SQLite database.</source>
        <translation>此文件不是 SQLite 数据库。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>此文件无法读取。</translation>
    </message>
    <message>
        <source>Mar&amp;k it as production</source>
        <translation>标为生产环境(&amp;K)</translation>
    </message>
    <message>
        <source>Makes the file as an empty database. One that is there already is never touched.</source>
        <translation>创建一个空数据库文件。已有的文件绝不改动。</translation>
    </message>
    <message>
        <source>Allow http: rea&amp;dable by all on the way</source>
        <translation>允许 http：途中人人可读(&amp;D)</translation>
    </message>
    <message>
        <source>User and password (Basic)</source>
        <translation>用户和密码 (Basic)</translation>
    </message>
    <message>
        <source>Token (Bearer)</source>
        <translation>令牌 (Bearer)</translation>
    </message>
    <message>
        <source>A header of its own</source>
        <translation>自有标头</translation>
    </message>
    <message>
        <source>&amp;Address (URL):</source>
        <translation>地址 (URL)(&amp;A)：</translation>
    </message>
    <message>
        <source>Where the service is; the paths of its resources go on from here.</source>
        <translation>服务所在之处；其资源的路径由此延续。</translation>
    </message>
    <message>
        <source>Lets requests go unencrypted to another computer. Never with a secret.</source>
        <translation>允许请求不加密地发往另一台计算机。绝不携带密钥。</translation>
    </message>
    <message>
        <source>Auth&amp;entication:</source>
        <translation>身份验证(&amp;E)：</translation>
    </message>
    <message>
        <source>How the service knows who asks.</source>
        <translation>服务如何得知是谁在请求。</translation>
    </message>
    <message>
        <source>Header na&amp;me:</source>
        <translation>标头名称(&amp;M)：</translation>
    </message>
    <message>
        <source>The name of the header that bears the secret.</source>
        <translation>携带密钥的标头名称。</translation>
    </message>
    <message>
        <source>This machine&apos;s own service: requests are not encrypted.</source>
        <translation>本机上的服务：请求不加密。</translation>
    </message>
    <message>
        <source>&amp;Database number:</source>
        <translation>数据库编号(&amp;D)：</translation>
    </message>
    <message>
        <source>Virtua&amp;l host:</source>
        <translation>虚拟主机(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Bearer token:</source>
        <translation>Bearer 令牌(&amp;B)：</translation>
    </message>
    <message>
        <source>Its va&amp;lue:</source>
        <translation>标头值(&amp;L)：</translation>
    </message>
</context>
<context>
    <name>tidemark::GrantsDialog</name>
    <message>
        <source>&amp;List them</source>
        <translation>列出(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Grants for %1</source>
        <translation>%1 所需权限</translation>
    </message>
    <message>
        <source>Source: rows are read</source>
        <translation>源端：读取行</translation>
    </message>
    <message>
        <source>Target: rows are written</source>
        <translation>目标端：写入行</translation>
    </message>
    <message>
        <source>Add and update</source>
        <translation>新增并更新</translation>
    </message>
    <message>
        <source>Make identical</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>By comparing all rows</source>
        <translation>比较所有行</translation>
    </message>
    <message>
        <source>By a timestamp</source>
        <translation>按时间戳</translation>
    </message>
    <message>
        <source>By a version number</source>
        <translation>按版本号</translation>
    </message>
    <message>
        <source>By a flag</source>
        <translation>按标记</translation>
    </message>
    <message>
        <source>List the tables of the server</source>
        <translation>列出服务器上的表</translation>
    </message>
    <message>
        <source>SQL of the grants</source>
        <translation>授权 SQL</translation>
    </message>
    <message>
        <source>&amp;Used as:</source>
        <translation>用作(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Mode:</source>
        <translation>模式(&amp;M)：</translation>
    </message>
    <message>
        <source>Changes are &amp;found:</source>
        <translation>变更检测(&amp;F)：</translation>
    </message>
    <message>
        <source>Fla&amp;g column:</source>
        <translation>标记列(&amp;G)：</translation>
    </message>
    <message>
        <source>&amp;Tables:</source>
        <translation>表(&amp;T)：</translation>
    </message>
    <message>
        <source>User comes f&amp;rom:</source>
        <translation>用户来自(&amp;R)：</translation>
    </message>
    <message>
        <source>The host part of the account, as in user@host; % is any host.</source>
        <translation>账户的主机部分，如 user@host；% 表示任意主机。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>To be run by somebody who may grant rights. Tidemark never runs it.</source>
        <translation>由有权授权的人执行。Tidemark 从不执行这些语句。</translation>
    </message>
    <message>
        <source>Asking the server for its tables…</source>
        <translation>正在向服务器查询表…</translation>
    </message>
    <message>
        <source>Exact names, separated by commas.</source>
        <translation>准确的名称，以逗号分隔。</translation>
    </message>
    <message>
        <source>The tables could not be listed; name them here, separated by commas. %1</source>
        <translation>无法列出表；在此填写表名，以逗号分隔。%1</translation>
    </message>
    <message>
        <source>Optional: %1</source>
        <translation>可选：%1</translation>
    </message>
    <message>
        <source>What a job does with this connection: which rights it needs depends on it.</source>
        <translation>任务如何使用此连接，决定了它需要哪些权限。</translation>
    </message>
    <message>
        <source>Make identical also needs the right to delete.</source>
        <translation>镜像还需要删除权限。</translation>
    </message>
    <message>
        <source>How the job finds what has changed. A flag has to be written back.</source>
        <translation>任务如何发现变化。标志需要写回。</translation>
    </message>
    <message>
        <source>The column that the job sets once a row has been taken over.</source>
        <translation>取走一行后由任务设置的列。</translation>
    </message>
    <message>
        <source>Exact names, separated by commas. One that holds a comma stands in double quotes.</source>
        <translation>准确的表名，以逗号分隔；含逗号的名称置于双引号中。</translation>
    </message>
    <message>
        <source>Asks the server for its tables. Nothing is written.</source>
        <translation>向服务器查询表，不写入任何数据。</translation>
    </message>
    <message>
        <source>Copies the SQL, for the database&apos;s keeper.</source>
        <translation>复制 SQL，交给数据库管理者。</translation>
    </message>
    <message>
        <source>Two-way: rows are read and written</source>
        <translation>双向：读取并写入行</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryCellsModel</name>
    <message>
        <source>%1: this value lost</source>
        <translation>%1：此值未被采用</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Written by the run</source>
        <translation>此次运行写入</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryChart</name>
    <message numerus="yes">
        <source>%Ln row(s) written</source>
        <translation>
            <numerusform>已写入 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Last %1 runs: bars are rows, at most %2; the line is time, at most %3</source>
        <translation>最近 %1 次运行：柱为行数，最多 %2；线为用时，最长 %3</translation>
    </message>
    <message>
        <source>Rows and time of the last runs</source>
        <translation>最近运行的行数和用时</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>还没有运行。</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryDetail</name>
    <message>
        <source>Reading what is kept of this run.</source>
        <translation>正在读取此次运行保留的内容。</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>No run is chosen.</source>
        <translation>未选择运行。</translation>
    </message>
    <message>
        <source>Undone by the run %1.</source>
        <translation>已由运行 %1 撤销。</translation>
    </message>
    <message>
        <source>This run wrote nothing: there is nothing to undo.</source>
        <translation>此次运行未写入任何数据，无可撤销。</translation>
    </message>
    <message>
        <source>What this run overwrote is no longer kept.</source>
        <translation>此次运行覆盖的内容已不再保留。</translation>
    </message>
    <message>
        <source>This run wrote more than the job keeps.</source>
        <translation>此次运行写入的内容超出任务的保留上限。</translation>
    </message>
    <message>
        <source>The job of this run is not in the workspace.</source>
        <translation>此次运行的任务不在工作区中。</translation>
    </message>
    <message>
        <source>A job is running. Undo waits for its end.</source>
        <translation>有任务正在运行，结束后才能撤销。</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>undone by the run %1</source>
        <translation>已由运行 %1 撤销</translation>
    </message>
    <message>
        <source>The run filled the empty table %1: %2 rows, not kept one by one.</source>
        <translation>此次运行填充了空表 %1：%2 行，未逐行保留。</translation>
    </message>
    <message>
        <source>This run wrote no row.</source>
        <translation>此次运行未写入任何行。</translation>
    </message>
    <message>
        <source>Key, like %1</source>
        <translation>键，如 %1</translation>
    </message>
    <message>
        <source>-- The SQL equivalent of what was written. The statements that were sent are not kept.</source>
        <translation>-- 与写入内容等效的 SQL。实际发送的语句未保留。</translation>
    </message>
    <message>
        <source>-- … and %1 rows more</source>
        <translation>-- … 另有 %1 行</translation>
    </message>
    <message>
        <source>Bring back the value that lost…</source>
        <translation>恢复未被采用的值…</translation>
    </message>
    <message>
        <source>Restore this row…</source>
        <translation>恢复此行…</translation>
    </message>
    <message>
        <source>Shows first what would be written; a row that has changed since is left</source>
        <translation>先显示将写入什么；此后又被改动的行保持不变</translation>
    </message>
    <message>
        <source>The key is made of: %1</source>
        <translation>键由以下列组成：%1</translation>
    </message>
    <message>
        <source>Reading the runs that are kept.</source>
        <translation>正在读取保留的运行。</translation>
    </message>
    <message>
        <source>Row %1 in the %2 runs that are kept</source>
        <translation>保留的 %2 次运行中的行 %1</translation>
    </message>
    <message>
        <source>%1 files are damaged and left out</source>
        <translation>%1 个文件已损坏，未计入</translation>
    </message>
    <message>
        <source>No run that is still kept wrote this row.</source>
        <translation>仍保留的运行都未写入此行。</translation>
    </message>
    <message>
        <source>Tables of the run</source>
        <translation>此次运行的表</translation>
    </message>
    <message>
        <source>Rows that the run wrote</source>
        <translation>此次运行写入的行</translation>
    </message>
    <message>
        <source>The row, before and after</source>
        <translation>此行的前后值</translation>
    </message>
    <message>
        <source>SQL equivalent</source>
        <translation>等效 SQL</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Key of a row</source>
        <translation>行的键</translation>
    </message>
    <message>
        <source>Rows or SQL</source>
        <translation>行或 SQL</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Statements that would do the same. Those that were sent are not kept.</source>
        <translation>效果相同的语句。实际发送的语句未保留。</translation>
    </message>
    <message>
        <source>Find in all runs</source>
        <translation>在所有运行中查找</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>返回此次运行</translation>
    </message>
    <message>
        <source>History of this row</source>
        <translation>此行的历史</translation>
    </message>
    <message>
        <source>The rows of this run are no longer kept. How long they are kept is a setting of the job.</source>
        <translation>此次运行的行已不再保留。保留时长在任务中设置。</translation>
    </message>
    <message>
        <source>The run wrote no row of %1.</source>
        <translation>此次运行未写入 %1 的任何行。</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryRowsModel</name>
    <message>
        <source>Filled</source>
        <translation>已填充</translation>
    </message>
    <message>
        <source>Inserted</source>
        <translation>已新增</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>已更新</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>%1 at the source</source>
        <comment>Updated at the source</comment>
        <translation>源端：%1</translation>
    </message>
    <message>
        <source>cut off: an undo finds out whether it was written</source>
        <translation>运行中断：撤销时会查明是否已写入</translation>
    </message>
    <message>
        <source>undone since</source>
        <translation>此后已撤销</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Old → new</source>
        <translation>旧值 → 新值</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryRunsModel</name>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryWindow</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>All jobs</source>
        <translation>所有任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Undos</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Find in the runs</source>
        <translation>在运行中查找</translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>查找 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No run fits these filters.</source>
        <translation>没有符合条件的运行。</translation>
    </message>
    <message>
        <source>No job has run yet. Every run will be listed here.</source>
        <translation>还没有任务运行过。每次运行都会列在这里。</translation>
    </message>
    <message>
        <source>Choose a run to see what it wrote.</source>
        <translation>选择一次运行，查看它写入了什么。</translation>
    </message>
    <message>
        <source>Copy diagnostic report</source>
        <translation>复制诊断报告</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undo this run…</source>
        <translation>撤销此次运行…</translation>
    </message>
    <message>
        <source>Shows first what would be written; nothing is undone unseen</source>
        <translation>先显示将写入什么，确认后才撤销</translation>
    </message>
    <message>
        <source>Export the run</source>
        <translation>导出此次运行</translation>
    </message>
    <message>
        <source>Web page (*.html);;Table of cells (*.csv);;JSON (*.json)</source>
        <translation>HTML (*.html);;CSV (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>导出已停止。</translation>
    </message>
    <message>
        <source>Not exported: %1</source>
        <translation>未导出：%1</translation>
    </message>
    <message>
        <source>Copied, without hosts, users, names or values.</source>
        <translation>已复制，不含主机、用户、名称和值。</translation>
    </message>
</context>
<context>
    <name>tidemark::JobDialog</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>Edit job</source>
        <translation>编辑任务</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n problem(s)</source>
        <translation>
            <numerusform>%1，%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking both databases…</source>
        <translation>正在检查两端数据库…</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) that a run would meet.</source>
        <translation>
            <numerusform>运行会遇到 %n 个问题。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot be saved yet: %n problem(s).</source>
        <translation>
            <numerusform>暂时无法保存：%n 个问题。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checked, no problem found.</source>
        <translation>已检查，未发现问题。</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Job changed</source>
        <translation>任务已改动</translation>
    </message>
    <message>
        <source>Save as a copy</source>
        <translation>另存为副本</translation>
    </message>
    <message>
        <source>Load theirs</source>
        <translation>载入对方的版本</translation>
    </message>
    <message>
        <source>Overwrite theirs</source>
        <translation>覆盖对方的版本</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
    <message>
        <source>%1 (copy %2)</source>
        <translation>%1（副本 %2）</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>The changes to this job are not saved.</source>
        <translation>对此任务的修改尚未保存。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The file of this job was changed or removed since it was opened here.</source>
        <translation>此任务的文件在此处打开后已被更改或移除。</translation>
    </message>
    <message>
        <source>What has no field here is mended in the file %1. Open the job anew afterwards.</source>
        <translation>此处没有对应输入项的内容，要在文件 %1 中修正。修正后重新打开任务。</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>后续操作</translation>
    </message>
</context>
<context>
    <name>tidemark::JobListModel</name>
    <message>
        <source>Make identical</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Add and update</source>
        <translation>新增并更新</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>%1 to write</source>
        <translation>待写入 %1 行</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>无需同步</translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation>%1 行已搁置</translation>
    </message>
    <message>
        <source>Never run</source>
        <translation>从未运行</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Two-way</source>
        <translation>双向</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln 个冲突</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing the answers…</source>
        <translation>正在写入处理结果…</translation>
    </message>
    <message>
        <source>Looking at what undoing would change…</source>
        <translation>正在查看撤销会改动什么…</translation>
    </message>
    <message>
        <source>Undoing…</source>
        <translation>正在撤销…</translation>
    </message>
</context>
<context>
    <name>tidemark::JobPanel</name>
    <message>
        <source>Select a job to see its tables.</source>
        <translation>选择任务以查看其中的表。</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Make identical: also deletes rows missing in the source.</source>
        <translation>镜像：同时删除源端没有的行。</translation>
    </message>
    <message>
        <source>Add and update: never deletes.</source>
        <translation>新增并更新：从不删除。</translation>
    </message>
    <message>
        <source>PRODUCTION: writes to %1</source>
        <translation>生产环境：将写入 %1</translation>
    </message>
    <message>
        <source>Comparing. Nothing is written.</source>
        <translation>正在比较，不写入任何数据。</translation>
    </message>
    <message>
        <source>Verifying. Nothing is written.</source>
        <translation>正在核对，不写入任何数据。</translation>
    </message>
    <message>
        <source>Writing to %1.</source>
        <translation>正在写入 %1。</translation>
    </message>
    <message>
        <source>%1 rows would change in %2.</source>
        <translation>%2 中将有 %1 行发生变化。</translation>
    </message>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation>无需同步，两端一致。</translation>
    </message>
    <message>
        <source>Compared %1. Nothing has been written yet.</source>
        <translation>比较于 %1。尚未写入任何数据。</translation>
    </message>
    <message>
        <source>Verified: both sides are equal.</source>
        <translation>已核对：两端一致。</translation>
    </message>
    <message>
        <source>Never run. Compare shows what would change, and writes nothing.</source>
        <translation>从未运行。“比较”只显示将发生的变化，不写入任何数据。</translation>
    </message>
    <message>
        <source>Review %1 rows…</source>
        <translation>查看 %1 行…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Verified: %1 rows differ.</source>
        <translation>已核对：有 %1 行不同。</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Errors, counts and rows left unwritten of the last run</source>
        <translation>上次运行的错误、计数和未写入的行</translation>
    </message>
    <message>
        <source>Save as job…</source>
        <translation>保存为任务…</translation>
    </message>
    <message>
        <source>Disabled. It is neither compared nor synchronised.</source>
        <translation>已停用，不参与比较和同步。</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>1 row would change in %1.</source>
        <translation>%1 中将有 1 行发生变化。</translation>
    </message>
    <message>
        <source>Verified: 1 row differs.</source>
        <translation>已核对：有 1 行不同。</translation>
    </message>
    <message>
        <source>Review 1 row…</source>
        <translation>查看 1 行…</translation>
    </message>
    <message>
        <source>This workspace did not write its file: it runs once you trust it.</source>
        <translation>文件不是由此工作区写入的：信任后才会运行。</translation>
    </message>
    <message>
        <source>Two-way: each side gets what changed at the other.</source>
        <translation>双向：两端互相取得对方的改动。</translation>
    </message>
    <message numerus="yes">
        <source>Nothing to write: %Ln conflict(s) to be answered.</source>
        <translation>
            <numerusform>无需写入：有 %Ln 个冲突待作答。</numerusform>
        </translation>
    </message>
    <message>
        <source>Would change: %1 in %2, %3 in %4.</source>
        <translation>将发生变化：%2 中 %1 行，%4 中 %3 行。</translation>
    </message>
    <message>
        <source>Writing to %1 and %2.</source>
        <translation>正在写入 %1 和 %2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s): left as they are at both sides until they are answered.</source>
        <translation>
            <numerusform>%Ln 个冲突：处理之前两端保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at what undoing would change. Nothing is written.</source>
        <translation>正在查看撤销会改动什么，不写入任何数据。</translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln conflict(s)…</source>
        <translation>
            <numerusform>处理 %Ln 个冲突…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Tidemark starts at login</source>
        <translation>Tidemark 登录时启动</translation>
    </message>
    <message>
        <source>only while Tidemark is open</source>
        <translation>仅在 Tidemark 运行时执行</translation>
    </message>
    <message>
        <source>Its first run by itself waits until somebody has seen what it would write: compare, review and synchronise it once.</source>
        <translation>首次自动运行要等有人看过将写入的内容：比较、查看并同步一次。</translation>
    </message>
    <message>
        <source>No run went well since %1.</source>
        <translation>自 %1 起没有顺利完成的运行。</translation>
    </message>
    <message>
        <source>No run went well yet.</source>
        <translation>尚无顺利完成的运行。</translation>
    </message>
    <message>
        <source>Messages set aside…</source>
        <translation>已搁置的消息…</translation>
    </message>
    <message>
        <source>What of its queue could not be applied, and the way back</source>
        <translation>队列中无法应用的消息，以及退回的途径</translation>
    </message>
    <message>
        <source>No change that waits now would be written to %1.</source>
        <translation>目前没有等待写入 %1 的变更。</translation>
    </message>
</context>
<context>
    <name>tidemark::LeftRowsModel</name>
    <message>
        <source>Changed since preview; not written.</source>
        <translation>预览后被改动，未写入。</translation>
    </message>
    <message>
        <source>Delete withheld until it is approved.</source>
        <translation>删除已暂缓，等待批准。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
</context>
<context>
    <name>tidemark::MainPresence</name>
    <message>
        <source>%1: what follows its runs</source>
        <translation>%1：运行后的操作</translation>
    </message>
    <message>
        <source>Tidemark stays open</source>
        <translation>Tidemark 仍在运行</translation>
    </message>
    <message>
        <source>This desktop has no tray, so the window is minimised: jobs with a schedule go on running. Quit in the menu Job ends them.</source>
        <translation>此桌面没有系统托盘，窗口将最小化：定时任务继续运行。任务菜单中的“退出”会结束它们。</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>最小化</translation>
    </message>
    <message>
        <source>Tidemark stays open in the tray</source>
        <translation>Tidemark 仍在托盘中运行</translation>
    </message>
    <message>
        <source>Jobs with a schedule go on running. Quit in the menu of the sign ends them.</source>
        <translation>定时任务继续运行。托盘图标菜单中的“退出”会结束它们。</translation>
    </message>
    <message>
        <source>1 task is running.</source>
        <translation>有 1 项操作正在运行。</translation>
    </message>
    <message>
        <source>%1 tasks are running.</source>
        <translation>有 %1 项操作正在运行。</translation>
    </message>
    <message>
        <source>Quit Tidemark</source>
        <translation>退出 Tidemark</translation>
    </message>
    <message>
        <source>Cancelled at once, the batch in hand is rolled back. Whatever is left is written by the next run.</source>
        <translation>立即取消时，当前批次将回滚。其余的由下次运行写入。</translation>
    </message>
    <message>
        <source>&amp;Finish, then quit</source>
        <translation>完成后退出(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Stop after this batch</source>
        <translation>本批次后停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel and quit</source>
        <translation>取消并退出(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Keep running</source>
        <translation>继续运行(&amp;K)</translation>
    </message>
    <message>
        <source>quits when the runs have ended</source>
        <translation>运行结束后退出</translation>
    </message>
    <message>
        <source>schedule paused</source>
        <translation>定时已暂停</translation>
    </message>
    <message>
        <source>next %1</source>
        <translation>下次 %1</translation>
    </message>
    <message>
        <source>It does not run by itself until its file is trusted.</source>
        <translation>信任其文件之前，它不会自动运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait for a review</source>
        <translation>
            <numerusform>%n 个任务等待查看</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MainWindow</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Remove job</source>
        <translation>移除任务</translation>
    </message>
    <message>
        <source>Remove the job %1? Its databases are not touched.</source>
        <translation>移除任务 %1？不会改动其数据库。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connection in the file: %1</source>
        <translation>文件内的连接：%1</translation>
    </message>
    <message>
        <source>Connection %1: %2</source>
        <translation>连接 %1：%2</translation>
    </message>
    <message>
        <source>Reads the password file %1</source>
        <translation>读取密码文件 %1</translation>
    </message>
    <message>
        <source>Filter of %1: %2</source>
        <translation>%1 的筛选条件：%2</translation>
    </message>
    <message>
        <source>Trust this job?</source>
        <translation>是否信任此任务？</translation>
    </message>
    <message>
        <source>The job %1 was not written by this workspace.</source>
        <translation>任务 %1 不是由此工作区写入的。</translation>
    </message>
    <message>
        <source>Trust this job</source>
        <translation>信任此任务</translation>
    </message>
    <message>
        <source>Tidemark</source>
        <translation>Tidemark</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Job</source>
        <translation>任务(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Work</source>
        <translation>操作(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Shows what would change; writes nothing</source>
        <translation>显示将发生的变化，不写入任何数据</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>查看(&amp;R)</translation>
    </message>
    <message>
        <source>Opens the rows of the last comparison</source>
        <translation>打开上次比较的行</translation>
    </message>
    <message>
        <source>&amp;Synchronise</source>
        <translation>同步(&amp;S)</translation>
    </message>
    <message>
        <source>Writes the target, after a preview</source>
        <translation>预览后写入目标端</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>核对(&amp;V)</translation>
    </message>
    <message>
        <source>Compares everything again and reports differences</source>
        <translation>重新比较全部数据并报告差异</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>取消(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Edit the selected job</source>
        <translation>编辑所选任务</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>移除(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Connections…</source>
        <translation>连接(&amp;C)…</translation>
    </message>
    <message>
        <source>Compare &amp;two databases…</source>
        <translation>比较两个数据库(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Search jobs</source>
        <translation>搜索任务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>搜索 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search jobs</source>
        <translation>搜索任务</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Opening the workspace…</source>
        <translation>正在打开工作区…</translation>
    </message>
    <message>
        <source>Building the sample…</source>
        <translation>正在生成示例…</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个正在运行</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>没有正在运行的任务</translation>
    </message>
    <message>
        <source>journal %1</source>
        <translation>日志 %1</translation>
    </message>
    <message>
        <source>Reads both sides and finds every row that differs. Nothing is written until the rows were on screen.</source>
        <translation>读取两端，找出每一行差异。差异行显示之前不写入任何数据。</translation>
    </message>
    <message>
        <source>The rows of the last comparison, both sides next to each other. Rows can be skipped there.</source>
        <translation>上次比较得到的行，两端并排显示，可在其中跳过某些行。</translation>
    </message>
    <message>
        <source>Writes the rows of the preview into the target. A row that changed since the preview is not written; the report lists it.</source>
        <translation>把预览中的行写入目标端。预览后被改动的行不写入，会列在报告中。</translation>
    </message>
    <message>
        <source>C&amp;heck…</source>
        <translation>检查(&amp;H)…</translation>
    </message>
    <message>
        <source>Says what a run would meet, without running</source>
        <translation>不运行，仅说明运行将遇到的情况</translation>
    </message>
    <message>
        <source>R&amp;eport…</source>
        <translation>报告(&amp;E)…</translation>
    </message>
    <message>
        <source>Errors, counts and rows left unwritten of the last run</source>
        <translation>上次运行的错误、计数和未写入的行</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Pauses between batches, and goes on</source>
        <translation>在批次之间暂停，之后可继续</translation>
    </message>
    <message>
        <source>S&amp;top after this batch</source>
        <translation>完成本批后停止(&amp;T)</translation>
    </message>
    <message>
        <source>Writes the batch in hand, then ends</source>
        <translation>写完当前批次后结束</translation>
    </message>
    <message>
        <source>Ends at once; the batch in hand is rolled back</source>
        <translation>立即结束，当前批次回滚</translation>
    </message>
    <message>
        <source>&amp;Open job file…</source>
        <translation>打开任务文件(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制任务(&amp;D)</translation>
    </message>
    <message>
        <source>A second job with the same settings and no history</source>
        <translation>设置相同、没有历史的另一个任务</translation>
    </message>
    <message>
        <source>Ena&amp;bled</source>
        <translation>已启用(&amp;B)</translation>
    </message>
    <message>
        <source>A disabled job is neither compared nor synchronised</source>
        <translation>停用的任务不参与比较和同步</translation>
    </message>
    <message>
        <source>&amp;Save as job…</source>
        <translation>保存为任务(&amp;S)…</translation>
    </message>
    <message>
        <source>Keeps this comparison as a job</source>
        <translation>把这次比较保存为任务</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;About Tidemark</source>
        <translation>关于 Tidemark(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;What&apos;s this?</source>
        <translation>这是什么(&amp;W)？</translation>
    </message>
    <message>
        <source>Explains what is clicked next</source>
        <translation>说明接下来点击的对象</translation>
    </message>
    <message>
        <source>Recent &amp;files</source>
        <translation>最近的文件(&amp;F)</translation>
    </message>
    <message>
        <source>Finds jobs by their name or by one of their connections.</source>
        <translation>按名称或连接查找任务。</translation>
    </message>
    <message>
        <source>Every job of the workspace, those with problems first. Return opens the preview.</source>
        <translation>工作区的所有任务，有问题的排在前面。按回车键打开预览。</translation>
    </message>
    <message>
        <source>How the selected job stands, and the next step.</source>
        <translation>所选任务的状态和下一步。</translation>
    </message>
    <message>
        <source>No job or connection has this name.</source>
        <translation>没有任务或连接叫这个名称。</translation>
    </message>
    <message>
        <source>Open job file</source>
        <translation>打开任务文件</translation>
    </message>
    <message>
        <source>Job files (*.json)</source>
        <translation>任务文件 (*.json)</translation>
    </message>
    <message>
        <source>%1, copy</source>
        <translation>%1 副本</translation>
    </message>
    <message>
        <source>Save as job</source>
        <translation>保存为任务</translation>
    </message>
    <message>
        <source>Name of the job:</source>
        <translation>任务名称：</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>About Tidemark</source>
        <translation>关于 Tidemark</translation>
    </message>
    <message>
        <source>Tidemark %1</source>
        <translation>Tidemark %1</translation>
    </message>
    <message>
        <source>Keeps databases in step. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>让数据库保持同步。自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
    <message>
        <source>Reads the password from the variable %1</source>
        <translation>从变量 %1 读取密码</translation>
    </message>
    <message>
        <source>Reads the password %1 from the keychain</source>
        <translation>从密钥环读取密码 %1</translation>
    </message>
    <message>
        <source>Goes through the SSH server %1</source>
        <translation>经由 SSH 服务器 %1 连接</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… 另有 %1 项</translation>
    </message>
    <message>
        <source>&amp;Answer conflicts…</source>
        <translation>处理冲突(&amp;A)…</translation>
    </message>
    <message>
        <source>Rows that both sides changed, side by side, to be answered</source>
        <translation>两端都改动过的行，并排显示，等待处理</translation>
    </message>
    <message>
        <source>Both sides changed these rows and no rule decides them. Nothing is written until each has an answer.</source>
        <translation>两端都改动了这些行，且没有规则可以决定。处理之前不会写入任何数据。</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>历史(&amp;H)…</translation>
    </message>
    <message>
        <source>Past runs, what they wrote, and the ways back</source>
        <translation>过去的运行、写入的内容，以及如何撤销</translation>
    </message>
    <message>
        <source>Every run with its tables and rows. A run, or one row of it, can be put back as it was.</source>
        <translation>每次运行及其表和行。整次运行或其中一行都可以还原。</translation>
    </message>
    <message>
        <source>&amp;One way: Till → Report copy</source>
        <translation>单向：Till → Report copy(&amp;O)</translation>
    </message>
    <message>
        <source>Builds two small shop databases and compares them</source>
        <translation>建立两个小型商店数据库并进行比较</translation>
    </message>
    <message>
        <source>&amp;Two ways: Till ↔ Tablet</source>
        <translation>双向：Till ↔ Tablet(&amp;T)</translation>
    </message>
    <message>
        <source>Builds two small shop databases that both changed, with three conflicts</source>
        <translation>建立两个两端都有改动的小型商店数据库，含三个冲突</translation>
    </message>
    <message>
        <source>&amp;Reset the samples</source>
        <translation>重置示例(&amp;R)</translation>
    </message>
    <message>
        <source>As on their first day, without history</source>
        <translation>恢复到第一天的样子，不带历史</translation>
    </message>
    <message>
        <source>Re&amp;move the samples…</source>
        <translation>删除示例(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation>示例(&amp;S)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The job of this run is not in the workspace any more. tidemark-cli undo can still take the run back: it keeps the job as it was.</source>
        <translation>此次运行的任务已不在工作区中。仍可用 tidemark-cli undo 撤销：它保存着当时的任务。</translation>
    </message>
    <message>
        <source>There is nothing to put back: every row that the run wrote is as it was before, or has changed since.</source>
        <translation>没有可还原的内容：该次运行写入的行都已恢复原样，或之后又被改动。</translation>
    </message>
    <message>
        <source>Remove the samples</source>
        <translation>删除示例</translation>
    </message>
    <message>
        <source>Their jobs, connections, history and databases are deleted. Other jobs that use one of the databases keep it.</source>
        <translation>将删除它们的任务、连接、历史和数据库。其他任务正在使用的数据库会保留。</translation>
    </message>
    <message>
        <source>Pause &amp;its schedule</source>
        <translation>暂停此任务的定时(&amp;I)</translation>
    </message>
    <message>
        <source>This job does not start by itself until it goes on</source>
        <translation>在恢复之前，此任务不会自动运行</translation>
    </message>
    <message>
        <source>Pause all sche&amp;dules</source>
        <translation>暂停所有定时(&amp;D)</translation>
    </message>
    <message>
        <source>No job starts by itself until they go on</source>
        <translation>在恢复之前，任何任务都不会自动运行</translation>
    </message>
    <message>
        <source>&amp;Messages set aside…</source>
        <translation>已搁置的消息(&amp;M)…</translation>
    </message>
    <message>
        <source>What of its queue could not be applied, and the way back</source>
        <translation>队列中无法应用的消息，以及退回的途径</translation>
    </message>
    <message>
        <source>Messages that no run could apply, with the reason. They can be edited, put back into the queue or dropped.</source>
        <translation>任何运行都无法应用的消息及原因。可编辑后退回队列，或丢弃。</translation>
    </message>
</context>
<context>
    <name>tidemark::NoticeStrip</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>tidemark::Notifier</name>
    <message>
        <source>Tidemark</source>
        <translation>Tidemark</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>tidemark::PairsField</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from %1</source>
        <translation>从 %1 中移除</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>tidemark::PasswordAsker</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>The password was used, but not put into the keychain.</source>
        <translation>密码已使用，但未存入密钥环。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>tidemark::PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>&amp;Password for %1</source>
        <translation>%1 的密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Password of %1 for %2</source>
        <translation>%1 在 %2 的密码(&amp;P)</translation>
    </message>
    <message>
        <source>Put it into the &amp;keychain</source>
        <translation>存入密钥环(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Remember it until Tidemark closes</source>
        <translation>记住，直到关闭 Tidemark(&amp;R)</translation>
    </message>
    <message>
        <source>The keychain did not give it: it has none for this connection, or stayed locked.</source>
        <translation>密钥环未提供密码：其中没有此连接的密码，或仍处于锁定状态。</translation>
    </message>
    <message>
        <source>This desktop has no keychain. The password is not stored.</source>
        <translation>此桌面没有密钥环，密码不会保存。</translation>
    </message>
    <message>
        <source>The password is not stored; it is forgotten when the current task ends.</source>
        <translation>密码不会保存，当前操作结束后即不再保留。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It serves this connection and goes into no file.</source>
        <translation>用于此连接，不写入任何文件。</translation>
    </message>
</context>
<context>
    <name>tidemark::PathField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Chooses the file from the folders. It can be dropped onto the field, too.</source>
        <translation>从文件夹中选择文件，也可将文件拖放到此栏。</translation>
    </message>
</context>
<context>
    <name>tidemark::PlanRowModel</name>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>no row</source>
        <translation>无此行</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1，有变化</translation>
    </message>
    <message>
        <source>Key column</source>
        <translation>键列</translation>
    </message>
    <message>
        <source>Differs in %1 updated rows</source>
        <translation>在 %1 个更新行中不同</translation>
    </message>
    <message>
        <source>The same in every updated row</source>
        <translation>在每个更新行中都相同</translation>
    </message>
    <message>
        <source>Differs in 1 updated row</source>
        <translation>在 1 个更新行中不同</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>新增到 %1</translation>
    </message>
    <message>
        <source>Update in %1</source>
        <translation>更新 %1</translation>
    </message>
    <message>
        <source>Delete from %1</source>
        <translation>从 %1 删除</translation>
    </message>
    <message>
        <source>Merge, written to both sides</source>
        <translation>合并，写入两端</translation>
    </message>
    <message>
        <source>Conflict: not written</source>
        <translation>冲突：不写入</translation>
    </message>
    <message>
        <source>%1, replaced by the merge</source>
        <translation>%1，将被合并结果取代</translation>
    </message>
</context>
<context>
    <name>tidemark::PlanTableModel</name>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Rows to insert</source>
        <translation>待新增的行</translation>
    </message>
    <message>
        <source>Rows to update</source>
        <translation>待更新的行</translation>
    </message>
    <message>
        <source>Rows to delete</source>
        <translation>待删除的行</translation>
    </message>
    <message>
        <source>Rows that are equal</source>
        <translation>一致的行</translation>
    </message>
    <message>
        <source>Rows that are skipped</source>
        <translation>跳过的行</translation>
    </message>
    <message>
        <source>Rows to insert into %1</source>
        <translation>将新增到 %1 的行</translation>
    </message>
    <message>
        <source>Rows to update in %1, merged ones among them</source>
        <translation>%1 中将更新的行，包括合并的行</translation>
    </message>
    <message>
        <source>Rows to delete from %1</source>
        <translation>将从 %1 删除的行</translation>
    </message>
    <message>
        <source>Conflicts: not written, to be answered</source>
        <translation>冲突：不写入，待作答</translation>
    </message>
</context>
<context>
    <name>tidemark::PreviewWindow</name>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation>无需同步，两端一致。</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Preview: %1</source>
        <translation>预览：%1</translation>
    </message>
    <message>
        <source>PRODUCTION: %1</source>
        <translation>生产环境：%1</translation>
    </message>
    <message>
        <source>Compare again (F5)</source>
        <translation>重新比较 (F5)</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>再次比较</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>查找 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Previous difference (F7)</source>
        <translation>上一处差异 (F7)</translation>
    </message>
    <message>
        <source>Next difference (F8)</source>
        <translation>下一处差异 (F8)</translation>
    </message>
    <message>
        <source>Changed columns only</source>
        <translation>仅有变化的列</translation>
    </message>
    <message>
        <source>Spaces</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Show every space as ·</source>
        <translation>将每个空格显示为 ·</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing has been written yet. Compared %1</source>
        <translation>尚未写入任何数据。比较于 %1</translation>
    </message>
    <message>
        <source>This preview can no longer be read. Nothing has been written.</source>
        <translation>此预览已无法读取。尚未写入任何数据。</translation>
    </message>
    <message>
        <source>&amp;Synchronise</source>
        <translation>同步(&amp;S)</translation>
    </message>
    <message>
        <source>%1 match</source>
        <translation>匹配：%1</translation>
    </message>
    <message>
        <source>No row matches the filter.</source>
        <translation>没有行符合筛选条件。</translation>
    </message>
    <message>
        <source>No rows of this kind.</source>
        <translation>没有此类行。</translation>
    </message>
    <message>
        <source>Nothing to write. Rows that did not change were not read.</source>
        <translation>无需写入。未变化的行没有读取。</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Columns: %1 of %2…</source>
        <translation>列：%1/%2…</translation>
    </message>
    <message numerus="yes">
        <source>%n tables could not be compared</source>
        <translation>
            <numerusform>%n 个表未能比较</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>= %1 equal</source>
        <translation>= %1 一致</translation>
    </message>
    <message>
        <source>= not read</source>
        <translation>= 未读取</translation>
    </message>
    <message>
        <source>Nothing to write. Not every row was compared.</source>
        <translation>无需写入。并非每一行都比较过。</translation>
    </message>
    <message>
        <source>&amp;Synchronise %1…</source>
        <translation>同步 %1(&amp;S)…</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>已跳过 %1</translation>
    </message>
    <message>
        <source>This is the last difference.</source>
        <translation>这是最后一处差异。</translation>
    </message>
    <message>
        <source>This is the first difference.</source>
        <translation>这是第一处差异。</translation>
    </message>
    <message>
        <source>Skip %1</source>
        <translation>跳过 %1</translation>
    </message>
    <message>
        <source>Skip this row</source>
        <translation>跳过此行</translation>
    </message>
    <message>
        <source>Include %1</source>
        <translation>纳入 %1</translation>
    </message>
    <message>
        <source>Include this row</source>
        <translation>纳入此行</translation>
    </message>
    <message>
        <source>Skip all that is shown: %1</source>
        <translation>跳过当前显示的全部：%1</translation>
    </message>
    <message>
        <source>Include all that is shown: %1</source>
        <translation>纳入当前显示的全部：%1</translation>
    </message>
    <message>
        <source>Synchronise only these: %1…</source>
        <translation>只同步这些：%1…</translation>
    </message>
    <message>
        <source>Synchronise only this row…</source>
        <translation>只同步此行…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>INSERT statements</source>
        <translation>INSERT 语句</translation>
    </message>
    <message>
        <source>Save rows…</source>
        <translation>保存行…</translation>
    </message>
    <message>
        <source>SQL of the selection…</source>
        <translation>所选行的 SQL…</translation>
    </message>
    <message>
        <source>Only rows with this value</source>
        <translation>只显示此值的行</translation>
    </message>
    <message>
        <source>Save rows</source>
        <translation>保存行</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>INSERT statements (*.sql)</source>
        <translation>INSERT 语句 (*.sql)</translation>
    </message>
    <message>
        <source>%1 saved.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>%1 copied.</source>
        <translation>已复制 %1。</translation>
    </message>
    <message>
        <source>Save the value</source>
        <translation>保存值</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Stopped; the rows before it are shown</source>
        <translation>已停止；显示此前的行</translation>
    </message>
    <message>
        <source>Stopped; nothing was copied or saved.</source>
        <translation>已停止，未复制或保存任何内容。</translation>
    </message>
    <message>
        <source>Row %L1 of %L2…</source>
        <translation>第 %L1 行，共 %L2 行…</translation>
    </message>
    <message>
        <source>Too large for the clipboard. Save the rows to a file.</source>
        <translation>内容过大，剪贴板放不下。可将这些行保存到文件。</translation>
    </message>
    <message>
        <source>Why is this row to be written? (F1)</source>
        <translation>为什么要写入这一行？(F1)</translation>
    </message>
    <message>
        <source>SQL…</source>
        <translation>SQL…</translation>
    </message>
    <message>
        <source>What is ticked, as a script for the target</source>
        <translation>把勾选的内容生成目标端的脚本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Takes back the last decision about rows (Ctrl+Z)</source>
        <translation>撤销对行的上一次决定 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Include all</source>
        <translation>全部纳入</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Reading the plan…</source>
        <translation>正在读取计划…</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>1 row would change in %1.</source>
        <translation>%1 中将有 1 行发生变化。</translation>
    </message>
    <message>
        <source>%1 rows would change in %2.</source>
        <translation>%2 中将有 %1 行发生变化。</translation>
    </message>
    <message>
        <source>Only the first %1 are shown</source>
        <translation>只显示前 %1</translation>
    </message>
    <message>
        <source>On from the first row</source>
        <translation>从第一行继续</translation>
    </message>
    <message>
        <source>On from the last row</source>
        <translation>从最后一行继续</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>尚未写入任何数据。</translation>
    </message>
    <message>
        <source>Sort by %1</source>
        <translation>按 %1 排序</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>按发现顺序</translation>
    </message>
    <message>
        <source>Not sorted: at most %1 can be. Filter the rows first.</source>
        <translation>未排序：最多只能排序 %1。先筛选行。</translation>
    </message>
    <message>
        <source>Nothing to write: 1 row is equal.</source>
        <translation>无需写入：1 行一致。</translation>
    </message>
    <message>
        <source>Nothing to write: %1 rows are equal.</source>
        <translation>无需写入：%1 行一致。</translation>
    </message>
    <message>
        <source>A side is another database than at the last run: rows that it lacks may never have been in it.</source>
        <translation>有一端的数据库与上次运行时不同：它没有的行，可能从来就不在其中。</translation>
    </message>
    <message>
        <source>Would change: %1 in %2, %3 in %4.</source>
        <translation>将发生变化：%2 中 %1 行，%4 中 %3 行。</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>新增到 %1</translation>
    </message>
    <message>
        <source>Update in %1</source>
        <translation>更新 %1</translation>
    </message>
    <message>
        <source>Delete from %1</source>
        <translation>从 %1 删除</translation>
    </message>
    <message>
        <source>Merged: written to both sides</source>
        <translation>合并：写入两端</translation>
    </message>
    <message>
        <source>Conflicts: not written</source>
        <translation>冲突：不写入</translation>
    </message>
    <message numerus="yes">
        <source>Nothing to write: %Ln conflict(s) to be answered.</source>
        <translation>
            <numerusform>无需写入：有 %Ln 个冲突待作答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s), not written</source>
        <translation>
            <numerusform>%Ln 个冲突不写入</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Put back %1…</source>
        <translation>还原 %1(&amp;P)…</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Answer %Ln conflict(s)… (F4)</source>
        <translation>
            <numerusform>处理 %Ln 个冲突(&amp;A)… (F4)</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer this conflict… (F4)</source>
        <translation>处理此冲突… (F4)</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>A run takes every message that waits: no row of it can be skipped.</source>
        <translation>运行会读取所有等待中的消息，不能跳过其中的行。</translation>
    </message>
    <message>
        <source>every message is still in the queue</source>
        <translation>所有消息仍在队列中</translation>
    </message>
    <message>
        <source>No change that waits now would be written to %1.</source>
        <translation>目前没有等待写入 %1 的变更。</translation>
    </message>
    <message>
        <source>Messages that have come since are applied as well.</source>
        <translation>此后到达的消息也会应用。</translation>
    </message>
    <message>
        <source>Changes that have come since are published as well.</source>
        <translation>此后产生的变更也会发布。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
</context>
<context>
    <name>tidemark::ProblemLinks</name>
    <message>
        <source>Still to be filled in or mended:</source>
        <translation>尚待填写或修正：</translation>
    </message>
    <message>
        <source>Leads to the field.</source>
        <translation>转到该栏。</translation>
    </message>
</context>
<context>
    <name>tidemark::ProposedModel</name>
    <message>
        <source>Delete in %1</source>
        <translation>在 %1 中删除</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保留 %1 的值</translation>
    </message>
    <message>
        <source>One row made of both</source>
        <translation>由两端合成一行</translation>
    </message>
    <message>
        <source>Leave both</source>
        <translation>两端都不动</translation>
    </message>
    <message>
        <source>Asks you</source>
        <translation>由你决定</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
</context>
<context>
    <name>tidemark::QueuePage</name>
    <message>
        <source>One cons&amp;umer at a time</source>
        <translation>同时只有一个消费者(&amp;U)</translation>
    </message>
    <message>
        <source>Messages bear their sc&amp;hema</source>
        <translation>消息附带架构(&amp;H)</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>St&amp;ream:</source>
        <translation>流(&amp;R)：</translation>
    </message>
    <message>
        <source>The stream that holds the messages.</source>
        <translation>存放消息的流。</translation>
    </message>
    <message>
        <source>Grou&amp;p:</source>
        <translation>消费组(&amp;P)：</translation>
    </message>
    <message>
        <source>The group of consumers that a job reads as.</source>
        <translation>任务读取时所属的消费组。</translation>
    </message>
    <message>
        <source>Jobs read as a member of this group; it is made where it is missing.</source>
        <translation>任务以该组成员的身份读取；组不存在时会创建。</translation>
    </message>
    <message>
        <source>drawn from this machine and the job</source>
        <translation>由本机和任务得出</translation>
    </message>
    <message>
        <source>&amp;Consumer:</source>
        <translation>消费者(&amp;C)：</translation>
    </message>
    <message>
        <source>What this consumer is called within its group, the same after a restart.</source>
        <translation>此消费者在组内的名称，重启后不变。</translation>
    </message>
    <message>
        <source>Take over a&amp;fter:</source>
        <translation>接管等待(&amp;F)：</translation>
    </message>
    <message>
        <source>Messages that another consumer has held for so long without an answer are taken over.</source>
        <translation>另一消费者持有这么久仍未应答的消息会被接管。</translation>
    </message>
    <message>
        <source>Messages that another consumer holds for so long are taken over.</source>
        <translation>另一消费者持有这么久的消息会被接管。</translation>
    </message>
    <message>
        <source>E&amp;xchange:</source>
        <translation>交换机(&amp;X)：</translation>
    </message>
    <message>
        <source>What a job publishes to.</source>
        <translation>任务发布到此处。</translation>
    </message>
    <message>
        <source>What a job publishes to. Empty: it only reads.</source>
        <translation>任务发布到此处。留空：仅读取。</translation>
    </message>
    <message>
        <source>&amp;Queue:</source>
        <translation>队列(&amp;Q)：</translation>
    </message>
    <message>
        <source>What a job reads from.</source>
        <translation>任务由此读取。</translation>
    </message>
    <message>
        <source>What a job reads from. Empty: it only publishes.</source>
        <translation>任务由此读取。留空：仅发布。</translation>
    </message>
    <message>
        <source>&amp;Handed out ahead:</source>
        <translation>预先发放(&amp;H)：</translation>
    </message>
    <message>
        <source>How many messages the broker gives before it waits for their acknowledgement.</source>
        <translation>代理在等待确认之前最多发放的消息数。</translation>
    </message>
    <message>
        <source>Deliveries at m&amp;ost:</source>
        <translation>最多投递次数(&amp;O)：</translation>
    </message>
    <message>
        <source>A message that was delivered so often and never answered is set aside.</source>
        <translation>投递了这么多次仍未应答的消息会被搁置。</translation>
    </message>
    <message>
        <source>What is published bears its schema, as Debezium&apos;s messages do by default.</source>
        <translation>发布的内容附带架构，与 Debezium 消息的默认形式相同。</translation>
    </message>
    <message>
        <source>The next takes over where one ends. Off, all share the work: for messages that bear their order, as those of Tidemark do.</source>
        <translation>一个结束后由下一个接替。不勾选时所有消费者分担工作：适用于自带顺序的消息，例如 Tidemark 的消息。</translation>
    </message>
</context>
<context>
    <name>tidemark::ReportTableModel</name>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>被改动</translation>
    </message>
    <message>
        <source>Withheld</source>
        <translation>已暂缓</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Rows inserted</source>
        <translation>新增的行</translation>
    </message>
    <message>
        <source>Rows updated</source>
        <translation>更新的行</translation>
    </message>
    <message>
        <source>Rows deleted</source>
        <translation>删除的行</translation>
    </message>
    <message>
        <source>Rows that are equal</source>
        <translation>一致的行</translation>
    </message>
    <message>
        <source>Rows that the target refused</source>
        <translation>目标端拒绝的行</translation>
    </message>
    <message>
        <source>Rows that changed since the preview, not written</source>
        <translation>预览后被改动、未写入的行</translation>
    </message>
    <message>
        <source>Deletes that wait for approval</source>
        <translation>等待批准的删除</translation>
    </message>
    <message>
        <source>Rows inserted at the target</source>
        <translation>目标端新增的行</translation>
    </message>
    <message>
        <source>Rows updated at the target</source>
        <translation>目标端更新的行</translation>
    </message>
    <message>
        <source>Rows deleted at the target</source>
        <translation>目标端删除的行</translation>
    </message>
    <message>
        <source>Rows inserted at the source</source>
        <translation>源端新增的行</translation>
    </message>
    <message>
        <source>Rows updated at the source</source>
        <translation>源端更新的行</translation>
    </message>
    <message>
        <source>Rows deleted at the source</source>
        <translation>源端删除的行</translation>
    </message>
    <message>
        <source>Conflicts that wait for an answer</source>
        <translation>待作答的冲突</translation>
    </message>
    <message>
        <source>Rows that were refused</source>
        <translation>被拒绝的行</translation>
    </message>
</context>
<context>
    <name>tidemark::ReportWindow</name>
    <message>
        <source>Report: %1</source>
        <translation>报告：%1</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Rows left unwritten</source>
        <translation>未写入的行</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>出错情况</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>重试失败部分</translation>
    </message>
    <message>
        <source>Writes what was approved in the preview, once more; nothing else</source>
        <translation>再次写入预览中已批准的内容，不写其他内容</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Later runs read these rows again, whatever their time stamps.</source>
        <translation>之后的运行会再次读取这些行，与时间戳无关。</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>……另有 %1 项</translation>
    </message>
    <message>
        <source>Set aside %1</source>
        <translation>已搁置 %1</translation>
    </message>
    <message>
        <source>Changed since preview %1</source>
        <translation>预览后被改动 %1</translation>
    </message>
    <message>
        <source>Deletes withheld %1</source>
        <translation>暂缓的删除 %1</translation>
    </message>
    <message>
        <source>Write the rest</source>
        <translation>写入其余部分</translation>
    </message>
    <message>
        <source>Not copied: %1</source>
        <translation>未复制：%1</translation>
    </message>
    <message>
        <source>%1 · started %2 · took %3</source>
        <translation>%1 · 开始于 %2 · 用时 %3</translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln conflict(s)… (F4)</source>
        <translation>
            <numerusform>处理 %Ln 个冲突… (F4)</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages set aside…</source>
        <translation>已搁置的消息…</translation>
    </message>
    <message>
        <source>What of the queue could not be applied, and the way back</source>
        <translation>队列中无法应用的消息，以及退回的途径</translation>
    </message>
</context>
<context>
    <name>tidemark::RequestsPage</name>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Add a &amp;header</source>
        <translation>添加标头(&amp;H)</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Headers:</source>
        <translation>标头：</translation>
    </message>
    <message>
        <source>Sent with each request, such as a tenant&apos;s number.</source>
        <translation>随每个请求发送，例如租户编号。</translation>
    </message>
    <message>
        <source>Sent with each request. Secrets belong to the authentication.</source>
        <translation>随每个请求发送。密钥应填在身份验证处。</translation>
    </message>
    <message>
        <source>At the &amp;same time:</source>
        <translation>同时进行(&amp;S)：</translation>
    </message>
    <message>
        <source>So many requests are under way at once.</source>
        <translation>同时进行的请求数。</translation>
    </message>
    <message>
        <source>&amp;One request:</source>
        <translation>单个请求(&amp;O)：</translation>
    </message>
    <message>
        <source>A request that has no whole answer after so long is given up and tried again.</source>
        <translation>超过此时间仍未收到完整应答的请求将放弃并重试。</translation>
    </message>
    <message>
        <source>At most so long, with its answer.</source>
        <translation>连同应答在内的最长时间。</translation>
    </message>
    <message>
        <source>Tried a&amp;gain:</source>
        <translation>重试次数(&amp;G)：</translation>
    </message>
    <message>
        <source>So many times, where it was not answered or the service is busy.</source>
        <translation>未收到应答或服务繁忙时的重试次数。</translation>
    </message>
    <message>
        <source>&amp;First pause:</source>
        <translation>首次等待(&amp;F)：</translation>
    </message>
    <message>
        <source>Before the first new try; each next is twice it.</source>
        <translation>首次重试前的等待，之后每次加倍。</translation>
    </message>
    <message>
        <source>&amp;Longest pause:</source>
        <translation>最长等待(&amp;L)：</translation>
    </message>
    <message>
        <source>A service that asks for a longer wait (Retry-After) fails the run instead.</source>
        <translation>服务要求等待更久（Retry-After）时，运行失败。</translation>
    </message>
    <message>
        <source>A service that asks for more fails the run.</source>
        <translation>服务要求等待更久时，运行失败。</translation>
    </message>
    <message>
        <source>&amp;Whole reading:</source>
        <translation>整次读取(&amp;W)：</translation>
    </message>
    <message>
        <source>All of one resource, with its pauses.</source>
        <translation>一个资源的全部内容，含等待时间。</translation>
    </message>
    <message>
        <source>All of one resource, at most so long.</source>
        <translation>读取一个资源全部内容的最长时间。</translation>
    </message>
    <message>
        <source>Largest &amp;answer:</source>
        <translation>最大应答(&amp;A)：</translation>
    </message>
    <message>
        <source>One answer, unpacked. A larger one fails the table.</source>
        <translation>单个应答解压后的大小。超出时该表失败。</translation>
    </message>
    <message>
        <source>One answer, unpacked.</source>
        <translation>单个应答解压后的大小。</translation>
    </message>
    <message>
        <source>Levels of &amp;JSON:</source>
        <translation>JSON 层数(&amp;J)：</translation>
    </message>
    <message>
        <source>An answer that is nested deeper is refused.</source>
        <translation>嵌套更深的应答将被拒绝。</translation>
    </message>
    <message>
        <source>Re&amp;directs:</source>
        <translation>重定向(&amp;D)：</translation>
    </message>
    <message>
        <source>So many are followed, within the service&apos;s own origin.</source>
        <translation>最多跟随的次数，仅限服务自身的源。</translation>
    </message>
</context>
<context>
    <name>tidemark::ResourceColumns</name>
    <message>
        <source>&amp;Infer from the service</source>
        <translation>从服务推断(&amp;I)</translation>
    </message>
    <message>
        <source>Add a c&amp;olumn</source>
        <translation>添加列(&amp;O)</translation>
    </message>
    <message>
        <source>Remove col&amp;umn</source>
        <translation>移除列(&amp;U)</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Found at</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>A JSON pointer into the record, such as /customer/id. Empty: the record&apos;s member of the column&apos;s name.</source>
        <translation>指向记录内部的 JSON 指针，例如 /customer/id。留空：记录中与列同名的成员。</translation>
    </message>
    <message>
        <source>Reads the first records of the resource and says what their members are. Writes nothing; columns that stand here stay.</source>
        <translation>读取该资源的前若干条记录，得出其成员。不写入任何内容；此处已有的列保持不变。</translation>
    </message>
    <message>
        <source>Reading the first records</source>
        <translation>正在读取前若干条记录</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Reading the first records of %1…</source>
        <translation>正在读取 %1 的前若干条记录…</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) found. Look at their types: a page of records may not show all.</source>
        <translation>
            <numerusform>找到 %n 列。核对其类型：一页记录未必能体现全部情况。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s) added; those that stood here are as they were.</source>
        <translation>
            <numerusform>新增 %n 列；原有的列保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>None named: each run infers them from the first records.</source>
        <translation>未指定列：每次运行从前若干条记录推断。</translation>
    </message>
</context>
<context>
    <name>tidemark::ResourcesPage</name>
    <message>
        <source>Add a resou&amp;rce</source>
        <translation>添加资源(&amp;R)</translation>
    </message>
    <message>
        <source>Remove resource</source>
        <translation>移除资源</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Each resource of the service is a table to jobs. None is described yet.</source>
        <translation>服务的每个资源对任务而言是一张表。尚未描述任何资源。</translation>
    </message>
    <message>
        <source>Add a resource</source>
        <translation>添加资源</translation>
    </message>
    <message>
        <source>Resources:</source>
        <translation>资源：</translation>
    </message>
    <message>
        <source>What of the service jobs see as tables.</source>
        <translation>服务中被任务当作表的部分。</translation>
    </message>
    <message>
        <source>Na&amp;me:</source>
        <translation>名称(&amp;M)：</translation>
    </message>
    <message>
        <source>What jobs call this table.</source>
        <translation>任务中此表的名称。</translation>
    </message>
    <message>
        <source>&amp;Path:</source>
        <translation>路径(&amp;P)：</translation>
    </message>
    <message>
        <source>Where it lies below the address of the service.</source>
        <translation>它在服务地址之下的位置。</translation>
    </message>
    <message>
        <source>Recor&amp;ds:</source>
        <translation>记录位置(&amp;D)：</translation>
    </message>
    <message>
        <source>A JSON pointer to the list of records in an answer. Empty: the answer is the list.</source>
        <translation>指向应答中记录列表的 JSON 指针。留空：应答本身即列表。</translation>
    </message>
    <message>
        <source>Where the answer holds the list of records. Empty: the answer is the list.</source>
        <translation>应答中记录列表的位置。留空：应答本身即列表。</translation>
    </message>
    <message>
        <source>Columns:</source>
        <translation>列：</translation>
    </message>
    <message>
        <source>What the records hold.</source>
        <translation>记录中的内容。</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>键(&amp;K)：</translation>
    </message>
    <message>
        <source>The columns that tell records apart, with commas between them.</source>
        <translation>用于区分记录的列，以逗号分隔。</translation>
    </message>
    <message>
        <source>The columns that tell records apart. Empty: the job names them.</source>
        <translation>用于区分记录的列。留空：由任务指定。</translation>
    </message>
    <message>
        <source>One answer holds all</source>
        <translation>一次应答包含全部</translation>
    </message>
    <message>
        <source>Pages by number</source>
        <translation>按页码分页</translation>
    </message>
    <message>
        <source>Pages by offset</source>
        <translation>按偏移量分页</translation>
    </message>
    <message>
        <source>Pages by cursor</source>
        <translation>按游标分页</translation>
    </message>
    <message>
        <source>A link to the next page</source>
        <translation>指向下一页的 URL</translation>
    </message>
    <message>
        <source>Paging</source>
        <translation>分页</translation>
    </message>
    <message>
        <source>as the service decides</source>
        <translation>由服务决定</translation>
    </message>
    <message>
        <source>Pa&amp;ging:</source>
        <translation>分页(&amp;G)：</translation>
    </message>
    <message>
        <source>Page parameter:</source>
        <translation>分页参数：</translation>
    </message>
    <message>
        <source>The parameter that names the page wanted.</source>
        <translation>指明所需页的参数。</translation>
    </message>
    <message>
        <source>First page:</source>
        <translation>首页编号：</translation>
    </message>
    <message>
        <source>The number of the first page.</source>
        <translation>第一页的编号。</translation>
    </message>
    <message>
        <source>Next page:</source>
        <translation>下一页：</translation>
    </message>
    <message>
        <source>A JSON pointer to the next cursor or link in an answer. Empty for a link: the Link header.</source>
        <translation>指向应答中下一个游标或 URL 的 JSON 指针。对 URL 留空：取 Link 标头。</translation>
    </message>
    <message>
        <source>Records a page:</source>
        <translation>每页记录数：</translation>
    </message>
    <message>
        <source>How many records a page has.</source>
        <translation>每页包含的记录数。</translation>
    </message>
    <message>
        <source>Sent where the size parameter is named.</source>
        <translation>指定了大小参数时发送。</translation>
    </message>
    <message>
        <source>Size parameter:</source>
        <translation>大小参数：</translation>
    </message>
    <message>
        <source>Count:</source>
        <translation>总数：</translation>
    </message>
    <message>
        <source>A JSON pointer or a header that says how many records there are.</source>
        <translation>说明记录总数的 JSON 指针或标头。</translation>
    </message>
    <message>
        <source>Where the service says how many records there are; proves that none was left out.</source>
        <translation>服务说明记录总数之处；可证明没有遗漏。</translation>
    </message>
    <message>
        <source>Column that it is compared with</source>
        <translation>与之比较的列</translation>
    </message>
    <message>
        <source>Only what is new:</source>
        <translation>仅取新内容：</translation>
    </message>
    <message>
        <source>The service&apos;s own way of asking for what has changed: a parameter, and the column whose values it is compared with. Empty: all is read each time.</source>
        <translation>服务自有的增量请求方式：一个参数，以及与其比较的列。留空：每次读取全部。</translation>
    </message>
    <message>
        <source>Parameter, and the column that it is compared with. Empty: all is read each time.</source>
        <translation>参数及与其比较的列。留空：每次读取全部。</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>（无名称）</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Where the answer holds the link. Empty: its Link header.</source>
        <translation>应答中 URL 的位置。留空：取其 Link 标头。</translation>
    </message>
    <message>
        <source>Where the answer holds the cursor of the next page.</source>
        <translation>应答中下一页游标的位置。</translation>
    </message>
    <message>
        <source>Fixed parameters</source>
        <translation>固定参数</translation>
    </message>
    <message>
        <source>Add a parameter</source>
        <translation>添加参数</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Fixed parameters:</source>
        <translation>固定参数：</translation>
    </message>
    <message>
        <source>Sent with each request that reads records, such as active = 1.</source>
        <translation>随每个读取记录的请求发送，例如 active = 1。</translation>
    </message>
    <message>
        <source>Sent with each request that reads records.</source>
        <translation>随每个读取记录的请求发送。</translation>
    </message>
    <message>
        <source>Insert:</source>
        <translation>新增：</translation>
    </message>
    <message>
        <source>How a new record is written.</source>
        <translation>如何写入新记录。</translation>
    </message>
    <message>
        <source>How jobs write to it. Not possible three times: it is read alone.</source>
        <translation>任务如何写入。三项均为不支持时只读。</translation>
    </message>
    <message>
        <source>Update:</source>
        <translation>更新：</translation>
    </message>
    <message>
        <source>How a record is changed; it is read at the same path before. PUT sends the whole record, PATCH what differs.</source>
        <translation>如何修改记录，事先从同一路径读取。PUT 发送整条记录，PATCH 只发送差异。</translation>
    </message>
    <message>
        <source>PUT sends the whole record, PATCH what differs. {id} is the key&apos;s value.</source>
        <translation>PUT 发送整条记录，PATCH 只发送差异。{id} 为键的值。</translation>
    </message>
    <message>
        <source>Delete:</source>
        <translation>删除：</translation>
    </message>
    <message>
        <source>How a record is removed.</source>
        <translation>如何删除记录。</translation>
    </message>
    <message>
        <source>Record written:</source>
        <translation>写入后的记录：</translation>
    </message>
    <message>
        <source>A JSON pointer to the record in the answer to a write. Empty: the answer is the record.</source>
        <translation>JSON 指针，指向写入应答中的记录。留空：应答即记录。</translation>
    </message>
    <message>
        <source>Where the answer to a write holds the record. Empty: the answer is the record.</source>
        <translation>写入应答中记录的位置。留空：应答即记录。</translation>
    </message>
</context>
<context>
    <name>tidemark::RowsView</name>
    <message>
        <source>%1 (source)</source>
        <translation>%1（源端）</translation>
    </message>
    <message>
        <source>%1 (target)</source>
        <translation>%1（目标端）</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Signs and keys</source>
        <translation>符号与键</translation>
    </message>
</context>
<context>
    <name>tidemark::RunProgress</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop after this batch</source>
        <translation>完成本批后停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Writes the batch in hand, then ends</source>
        <translation>写完当前批次后结束</translation>
    </message>
    <message>
        <source>Ends at once; the batch in hand is rolled back</source>
        <translation>立即结束，当前批次回滚</translation>
    </message>
    <message>
        <source>Minimises the window; its title tells how far the run is</source>
        <translation>最小化窗口，标题显示运行进度</translation>
    </message>
    <message>
        <source>Progress of all tables</source>
        <translation>所有表的进度</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>剩余约 %1 分钟</translation>
    </message>
    <message>
        <source>about %1 h %2 min left</source>
        <translation>剩余约 %1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>Waiting for another job to end.</source>
        <translation>正在等待其他任务结束。</translation>
    </message>
    <message>
        <source>%1 of %2 tables</source>
        <translation>%1 / %2 个表</translation>
    </message>
    <message>
        <source>%1 rows read</source>
        <translation>已读取 %1 行</translation>
    </message>
    <message>
        <source>stopping after this batch</source>
        <translation>完成本批后停止</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>time left not known yet</source>
        <translation>剩余时间未知</translation>
    </message>
    <message>
        <source>Waiting to try again (attempt %1): %2</source>
        <translation>等待重试（第 %1 次）：%2</translation>
    </message>
</context>
<context>
    <name>tidemark::ScriptWindow</name>
    <message>
        <source>Writing row %1…</source>
        <translation>正在写入第 %1 行…</translation>
    </message>
    <message>
        <source>Reading the tables of %1…</source>
        <translation>正在读取 %1 的表…</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Save the script</source>
        <translation>保存脚本</translation>
    </message>
    <message>
        <source>SQL scripts (*.sql)</source>
        <translation>SQL 脚本 (*.sql)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>SQL for %1</source>
        <translation>%1 的 SQL</translation>
    </message>
    <message>
        <source>To be read, and run by hand. Synchronising checks each row again before it is written; a script cannot.</source>
        <translation>供阅读和手动运行。同步会在写入前再次核对每一行，脚本做不到。</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Too large for the clipboard; save it</source>
        <translation>内容过大，剪贴板放不下；可保存到文件</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The first %1 of %2 are shown.</source>
        <translation>显示前 %1，共 %2。</translation>
    </message>
</context>
<context>
    <name>tidemark::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>主题(&amp;T)：</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>&amp;Compact rows in tables</source>
        <translation>数据行采用紧凑行高(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Jobs at once:</source>
        <translation>同时运行的任务(&amp;J)：</translation>
    </message>
    <message>
        <source>Jobs at once</source>
        <translation>同时运行的任务</translation>
    </message>
    <message>
        <source>Jobs beyond this number wait for their turn.</source>
        <translation>超过此数的任务排队等待。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Stay in the tray when closed</source>
        <translation>关闭窗口后留在托盘(&amp;S)</translation>
    </message>
</context>
<context>
    <name>tidemark::SettingsStart</name>
    <message>
        <source>Starting by itself</source>
        <translation>自动启动</translation>
    </message>
    <message>
        <source>Jobs with a schedule run while Tidemark is open. Without a display, tidemark-cli watch runs them: a service of systemd can start it.</source>
        <translation>定时任务在 Tidemark 打开期间运行。没有显示器时由 tidemark-cli watch 运行，可由 systemd 服务启动。</translation>
    </message>
    <message>
        <source>Written: %1
Switch it on with: systemctl --user enable --now %2</source>
        <translation>已写入：%1
启用命令：systemctl --user enable --now %2</translation>
    </message>
    <message>
        <source>Start at lo&amp;gin, in the tray</source>
        <translation>登录时启动到托盘(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Write the systemd unit…</source>
        <translation>写入 systemd 单元(&amp;W)…</translation>
    </message>
</context>
<context>
    <name>tidemark::SettingsStorage</name>
    <message>
        <source>Of runs that the journal does not know</source>
        <translation>日志不认识的运行</translation>
    </message>
    <message>
        <source>A job that never ran</source>
        <translation>从未运行的任务</translation>
    </message>
    <message>
        <source>Storage on this machine</source>
        <translation>本机存储</translation>
    </message>
    <message>
        <source>Storage of each job</source>
        <translation>各任务的存储</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Undo files</source>
        <translation>撤销文件</translation>
    </message>
    <message>
        <source>Their size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Last synced</source>
        <translation>上次同步值</translation>
    </message>
    <message>
        <source>What both sides of a two-way job were when they were last in step. It goes with the job.</source>
        <translation>双向任务两端上次一致时的样子。随任务一起删除。</translation>
    </message>
    <message>
        <source>&amp;Undo files older than</source>
        <translation>撤销文件早于(&amp;U)</translation>
    </message>
    <message numerus="yes">
        <source> day(s)</source>
        <translation>
            <numerusform> 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo files older than</source>
        <translation>撤销文件早于</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>删除(&amp;R)…</translation>
    </message>
    <message>
        <source>Remove undo files by their age</source>
        <translation>按时间删除撤销文件</translation>
    </message>
    <message>
        <source>Co&amp;mpact the journal</source>
        <translation>压缩日志(&amp;M)</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Journal %1 · undo files %2 · last synced values %3 · plans %4</source>
        <translation>日志 %1 · 撤销文件 %2 · 上次同步值 %3 · 计划 %4</translation>
    </message>
    <message>
        <source>Gives back %1 that deleted records left in the journal.</source>
        <translation>释放已删除记录在日志中占用的 %1。</translation>
    </message>
    <message>
        <source>No undo file is that old.</source>
        <translation>没有这么早的撤销文件。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln undo file(s)</source>
        <translation>
            <numerusform>%Ln 个撤销文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) cannot be undone any more.</source>
        <translation>
            <numerusform>%Ln 次运行将无法再撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>None of their runs could be undone.</source>
        <translation>这些运行本来就无法撤销。</translation>
    </message>
    <message>
        <source>Remove undo files</source>
        <translation>删除撤销文件</translation>
    </message>
    <message>
        <source>%1 with %2 will be removed. %3</source>
        <translation>将删除 %1，共 %2。%3</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Removed: %1 with %2.</source>
        <translation>已删除 %1，共 %2。</translation>
    </message>
    <message>
        <source>There are no closed conflicts.</source>
        <translation>没有已关闭的冲突。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln closed conflict(s)</source>
        <translation>
            <numerusform>%Ln 个已关闭的冲突</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove closed conflicts</source>
        <translation>删除已关闭的冲突</translation>
    </message>
    <message>
        <source>%1 will be removed. Who answered what is then known to nobody. Open ones stay.</source>
        <translation>将删除 %1。此后无人知道谁作过什么答复。未解决的保留。</translation>
    </message>
    <message>
        <source>Removed: %1.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>The journal can be compacted once no job is running.</source>
        <translation>没有任务在运行时才能压缩日志。</translation>
    </message>
    <message>
        <source>The journal is smaller by %1.</source>
        <translation>日志缩小了 %1。</translation>
    </message>
    <message>
        <source>Remove closed c&amp;onflicts…</source>
        <translation>删除已关闭的冲突(&amp;O)…</translation>
    </message>
    <message>
        <source>Remove undo files of t&amp;his job…</source>
        <translation>删除此任务的撤销文件(&amp;H)…</translation>
    </message>
</context>
<context>
    <name>tidemark::SshPage</name>
    <message>
        <source>SSH key file</source>
        <translation>SSH 密钥文件</translation>
    </message>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH 隧道</translation>
    </message>
    <message>
        <source>Host and port of the General tab are then as the SSH server sees them.</source>
        <translation>此时“常规”页的主机和端口以 SSH 服务器所见为准。</translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation>端口(&amp;O)：</translation>
    </message>
    <message>
        <source>SSH port</source>
        <translation>SSH 端口</translation>
    </message>
    <message>
        <source>SSH &amp;host:</source>
        <translation>SSH 主机(&amp;H)：</translation>
    </message>
    <message>
        <source>The SSH server in between, or its alias in ~/.ssh/config.</source>
        <translation>中间的 SSH 服务器，或其在 ~/.ssh/config 中的别名。</translation>
    </message>
    <message>
        <source>Empty: 22, or what ~/.ssh/config says.</source>
        <translation>留空：22，或以 ~/.ssh/config 为准。</translation>
    </message>
    <message>
        <source>SSH &amp;user:</source>
        <translation>SSH 用户(&amp;U)：</translation>
    </message>
    <message>
        <source>The login there. Empty: as ssh decides.</source>
        <translation>登录名。留空：由 ssh 决定。</translation>
    </message>
    <message>
        <source>&amp;Key file:</source>
        <translation>密钥文件(&amp;K)：</translation>
    </message>
    <message>
        <source>A private key. Empty: the SSH agent and the usual keys.</source>
        <translation>私钥文件。留空：SSH 代理和常用密钥。</translation>
    </message>
    <message>
        <source>Empty: the SSH agent and the usual keys. A key with a passphrase has to be in the agent.</source>
        <translation>留空：SSH 代理和常用密钥。加密的密钥须先加入代理。</translation>
    </message>
    <message>
        <source>The SSH server is known by its host key in ~/.ssh/known_hosts; this check is never off. To add a server, run this once in a terminal and compare the fingerprint that it shows:</source>
        <translation>凭 ~/.ssh/known_hosts 中的主机密钥识别 SSH 服务器，此项检查从不关闭。要添加服务器，在终端中运行一次以下命令，并核对其显示的指纹：</translation>
    </message>
    <message>
        <source>Command that adds the SSH server to the known hosts</source>
        <translation>将 SSH 服务器加入已知主机的命令</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Reach the server through &amp;an SSH server</source>
        <translation>经由 SSH 服务器连接(&amp;A)</translation>
    </message>
    <message>
        <source>The system&apos;s ssh makes the tunnel. Tidemark types no SSH password or passphrase.</source>
        <translation>由系统的 ssh 建立隧道。Tidemark 不输入 SSH 密码，也不输入密钥的密码。</translation>
    </message>
    <message>
        <source>Copies the command, to be run in a terminal.</source>
        <translation>复制该命令，在终端中运行。</translation>
    </message>
</context>
<context>
    <name>tidemark::StartPage</name>
    <message>
        <source>Keep two databases in step</source>
        <translation>让两个数据库保持一致</translation>
    </message>
    <message>
        <source>See every row that would change before anything is written.</source>
        <translation>写入之前，先看到每一行将发生的变化。</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Building two small databases…</source>
        <translation>正在生成两个小数据库…</translation>
    </message>
    <message>
        <source>A shop&apos;s till and its report copy: 17 rows to look at, in one click.</source>
        <translation>商店收银库与报表副本：一键查看 17 行变化。</translation>
    </message>
    <message>
        <source>Compare two databases</source>
        <translation>比较两个数据库</translation>
    </message>
    <message>
        <source>Two connections, or two SQLite files dropped here. Writes nothing.</source>
        <translation>选择两个连接，或拖入两个 SQLite 文件。不写入任何数据。</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>Choose a source, a target and the tables to keep in step.</source>
        <translation>选择源端、目标端以及要保持一致的表。</translation>
    </message>
    <message>
        <source>Or both ways: a till and a tablet, with three conflicts to answer</source>
        <translation>或者双向同步：收银台与平板，有三个冲突待答复</translation>
    </message>
    <message>
        <source>Two small databases that were edited at both sides, and the two-way job between them</source>
        <translation>两个小数据库，两端都有改动，以及它们之间的双向任务</translation>
    </message>
</context>
<context>
    <name>tidemark::TableProgressModel</name>
    <message>
        <source>%1 of ≈ %2 rows</source>
        <translation>%1 / ≈ %2 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 equal</source>
        <translation>%1 行一致</translation>
    </message>
    <message>
        <source>equal rows not read</source>
        <translation>未读取一致的行</translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation>%1 行已搁置</translation>
    </message>
    <message>
        <source>%1 changed since preview</source>
        <translation>%1 行预览后被改动</translation>
    </message>
    <message>
        <source>%1 deletes withheld</source>
        <translation>%1 行删除待批准</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln 个冲突</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::TestPanel</name>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Opens the connection as it stands here, step by step. Nothing is written.</source>
        <translation>按此处内容逐步打开连接，不写入任何数据。</translation>
    </message>
    <message>
        <source>Opens the connection step by step and says what it finds. Nothing is written.</source>
        <translation>逐步打开连接并报告结果，不写入任何数据。</translation>
    </message>
    <message>
        <source>SSH tunnel</source>
        <translation>SSH 隧道</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>%1: passed</source>
        <translation>%1：已通过</translation>
    </message>
    <message>
        <source>%1: failed</source>
        <translation>%1：失败</translation>
    </message>
    <message>
        <source>%1: under way</source>
        <translation>%1：进行中</translation>
    </message>
    <message>
        <source>%1: not yet tried</source>
        <translation>%1：尚未尝试</translation>
    </message>
    <message>
        <source>S&amp;top the test</source>
        <translation>停止测试(&amp;T)</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Not encrypted.</source>
        <translation>未加密。</translation>
    </message>
    <message>
        <source>Encrypted by %1, server verified.</source>
        <translation>由 %1 加密，服务器已验证。</translation>
    </message>
    <message>
        <source>Encrypted by %1, server not verified.</source>
        <translation>由 %1 加密，服务器未验证。</translation>
    </message>
    <message>
        <source>Tables: %1, readable: %2.</source>
        <translation>表：%1，可读：%2。</translation>
    </message>
    <message>
        <source>Tables: %1, readable: %2, writable: %3.</source>
        <translation>表：%1，可读：%2，可写：%3。</translation>
    </message>
    <message>
        <source>There is no such file yet.</source>
        <translation>尚无此文件。</translation>
    </message>
    <message>
        <source>Another program is writing to it just now.</source>
        <translation>其他程序正在写入。</translation>
    </message>
    <message>
        <source>Reached through the SSH tunnel.</source>
        <translation>经由 SSH 隧道连接。</translation>
    </message>
    <message>
        <source>Tables can be created.</source>
        <translation>可以创建表。</translation>
    </message>
    <message>
        <source>Tables cannot be created.</source>
        <translation>无法创建表。</translation>
    </message>
    <message>
        <source>Connected in %1 ms.</source>
        <translation>连接用时 %1 毫秒。</translation>
    </message>
    <message>
        <source>Connected to %1.</source>
        <translation>已连接到 %1。</translation>
    </message>
    <message>
        <source>Go to: %1</source>
        <translation>前往：%1</translation>
    </message>
    <message>
        <source>Test stopped.</source>
        <translation>测试已停止。</translation>
    </message>
    <message>
        <source>View certificate…</source>
        <translation>查看证书…</translation>
    </message>
    <message>
        <source>&amp;Show the grants…</source>
        <translation>显示所需权限(&amp;S)…</translation>
    </message>
    <message>
        <source>Leads to the field where this is mended.</source>
        <translation>转到可修正此问题的栏。</translation>
    </message>
    <message>
        <source>Asks the server for its certificate, to compare it and to pin it.</source>
        <translation>向服务器索取证书，核对并固定。</translation>
    </message>
    <message>
        <source>The SQL that grants this user what a job needs, to be run by the database&apos;s keeper.</source>
        <translation>授予此用户任务所需权限的 SQL，由数据库管理者执行。</translation>
    </message>
    <message>
        <source>Nothing can be written there.</source>
        <translation>无法写入该处。</translation>
    </message>
    <message>
        <source>Resources: %1, of which %2 answered.</source>
        <translation>资源：%1，其中 %2 个已应答。</translation>
    </message>
    <message>
        <source>Resources: %1, of which %2 answered; writable: %3.</source>
        <translation>资源：%1，其中 %2 个已应答；可写：%3。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) wait.</source>
        <translation>
            <numerusform>有 %Ln 条消息等待。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) handed out and not answered yet.</source>
        <translation>
            <numerusform>有 %Ln 条消息已发放但尚未应答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) set aside.</source>
        <translation>
            <numerusform>有 %Ln 条消息已搁置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
</context>
<context>
    <name>tidemark::TextField</name>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what it does (its key)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>tidemark::TlsPage</name>
    <message>
        <source>Certificate of the authority</source>
        <translation>颁发机构的证书</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>自有证书</translation>
    </message>
    <message>
        <source>Key of the own certificate</source>
        <translation>自有证书的私钥</translation>
    </message>
    <message>
        <source>&amp;View certificate…</source>
        <translation>查看证书(&amp;V)…</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>If the server offers it</source>
        <translation>服务器支持时</translation>
    </message>
    <message>
        <source>Required, not verified</source>
        <translation>必须加密，不验证</translation>
    </message>
    <message>
        <source>Verify the authority</source>
        <translation>验证颁发机构</translation>
    </message>
    <message>
        <source>Verify authority and host name</source>
        <translation>验证颁发机构和主机名</translation>
    </message>
    <message>
        <source>&amp;Encryption:</source>
        <translation>加密(&amp;E)：</translation>
    </message>
    <message>
        <source>How the way to the server is encrypted (TLS).</source>
        <translation>到服务器的连接如何加密 (TLS)。</translation>
    </message>
    <message>
        <source>&amp;Authority (CA):</source>
        <translation>颁发机构 (CA)(&amp;A)：</translation>
    </message>
    <message>
        <source>The certificate, or bundle of certificates, of the authority that signed the server&apos;s.</source>
        <translation>为服务器证书签名的颁发机构的证书或证书包。</translation>
    </message>
    <message>
        <source>O&amp;wn certificate:</source>
        <translation>自有证书(&amp;W)：</translation>
    </message>
    <message>
        <source>For servers that know their users by certificates.</source>
        <translation>适用于以证书识别用户的服务器。</translation>
    </message>
    <message>
        <source>Its &amp;key:</source>
        <translation>证书私钥(&amp;K)：</translation>
    </message>
    <message>
        <source>The private key of the own certificate.</source>
        <translation>自有证书的私钥。</translation>
    </message>
    <message>
        <source>P&amp;inned certificate:</source>
        <translation>固定的证书(&amp;I)：</translation>
    </message>
    <message>
        <source>The SHA-256 of the one certificate that this server may show; for servers whose certificate no authority signed.</source>
        <translation>此服务器唯一可用证书的 SHA-256；适用于证书未经颁发机构签名的服务器。</translation>
    </message>
    <message>
        <source>Everything crosses the network readable, the password too.</source>
        <translation>所有内容以明文经过网络，包括密码。</translation>
    </message>
    <message>
        <source>Encrypted where the server offers it; who answers is not verified.</source>
        <translation>服务器支持时加密；不验证应答方。</translation>
    </message>
    <message>
        <source>Always encrypted; who answers is not verified.</source>
        <translation>始终加密；不验证应答方。</translation>
    </message>
    <message>
        <source>Always encrypted; a trusted authority must have signed the certificate, for whatever host.</source>
        <translation>始终加密；证书须由受信任的颁发机构签名，不核对主机名。</translation>
    </message>
    <message>
        <source>Always encrypted; a trusted authority must have signed the certificate for this very host name.</source>
        <translation>始终加密；证书须由受信任的颁发机构签名，且主机名一致。</translation>
    </message>
    <message>
        <source>This machine&apos;s own server: %1</source>
        <translation>本机服务器：%1</translation>
    </message>
    <message>
        <source>A server elsewhere: %1</source>
        <translation>其他机器上的服务器：%1</translation>
    </message>
    <message>
        <source>Empty: the authorities that this system trusts.</source>
        <translation>留空：本系统信任的颁发机构。</translation>
    </message>
    <message>
        <source>Only a server that shows this very certificate is accepted.</source>
        <translation>只接受出示此证书的服务器。</translation>
    </message>
    <message>
        <source>For a server whose certificate no authority signed: look at it, compare it with what the server&apos;s keeper says, pin it.</source>
        <translation>适用于证书未经颁发机构签名的服务器：查看证书，与服务器管理者提供的值核对，然后固定。</translation>
    </message>
    <message>
        <source>Asks the server for its certificate, to compare it and to pin it.</source>
        <translation>向服务器索取证书，核对并固定。</translation>
    </message>
</context>
<context>
    <name>tidemark::TrayIcon</name>
    <message>
        <source>Tidemark</source>
        <translation>Tidemark</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n 个任务正在运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) to answer</source>
        <translation>
            <numerusform>%Ln 个冲突待处理</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Open Tidemark</source>
        <translation>打开 Tidemark(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Run a job</source>
        <translation>运行任务(&amp;R)</translation>
    </message>
    <message>
        <source>Run &amp;all jobs</source>
        <translation>运行全部任务(&amp;A)</translation>
    </message>
    <message>
        <source>R&amp;esume the schedule</source>
        <translation>恢复定时(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Pause the schedule</source>
        <translation>暂停定时(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>历史(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>%1 (running)</source>
        <translation>%1（正在运行）</translation>
    </message>
    <message>
        <source>No open &amp;conflicts</source>
        <translation>没有未处理的冲突(&amp;C)</translation>
    </message>
    <message numerus="yes">
        <source>Answer %Ln &amp;conflict(s)…</source>
        <translation>
            <numerusform>处理 %Ln 个冲突(&amp;C)…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>The schedule is paused.</source>
        <translation>定时已暂停。</translation>
    </message>
    <message>
        <source>Next: %1, %2</source>
        <translation>下次：%1，%2</translation>
    </message>
    <message>
        <source>Nothing is scheduled.</source>
        <translation>没有定时任务。</translation>
    </message>
</context>
<context>
    <name>tidemark::ValuePane</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole value</source>
        <translation>复制整个值</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the whole value to a file</source>
        <translation>将整个值保存到文件</translation>
    </message>
    <message>
        <source>no row</source>
        <translation>无此行</translation>
    </message>
    <message>
        <source>empty, 0 bytes</source>
        <translation>空，0 字节</translation>
    </message>
    <message>
        <source>&apos;&apos; (empty text)</source>
        <translation>&apos;&apos;（空文本）</translation>
    </message>
    <message>
        <source>%1 × %2 pixels: cannot be shown</source>
        <translation>%1 × %2 像素：无法显示</translation>
    </message>
    <message>
        <source>No picture that can be shown</source>
        <translation>没有可显示的图片</translation>
    </message>
</context>
<context>
    <name>tidemark::ValueViewer</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Keys sorted, one value a line</source>
        <translation>键已排序，每行一个值</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Earlier part of the value</source>
        <translation>值的前一部分</translation>
    </message>
    <message>
        <source>Later part of the value</source>
        <translation>值的后一部分</translation>
    </message>
    <message>
        <source>Part %1 of %2</source>
        <translation>第 %1 部分，共 %2 部分</translation>
    </message>
    <message>
        <source>first difference in part %1</source>
        <translation>第一处差异在第 %1 部分</translation>
    </message>
</context>
<context>
    <name>tidemark::VerbField</name>
    <message>
        <source>%1: method</source>
        <translation>%1：方法</translation>
    </message>
    <message>
        <source>%1: path</source>
        <translation>%1：路径</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>不支持</translation>
    </message>
</context>
<context>
    <name>tidemark::WhyPanel</name>
    <message>
        <source>Compared as %1 and %2.</source>
        <translation>按 %1 与 %2 比较。</translation>
    </message>
    <message>
        <source>%1 cells of this row differ; F8 shows the next.</source>
        <translation>此行有 %1 个单元格不同，按 F8 查看下一个。</translation>
    </message>
    <message>
        <source>The same value on both sides.</source>
        <translation>两端的值相同。</translation>
    </message>
    <message>
        <source>This column is written along, but not compared.</source>
        <translation>此列随行写入，但不参与比较。</translation>
    </message>
    <message>
        <source>%1 and %2 are equal numbers.</source>
        <translation>%1 与 %2 是相等的数。</translation>
    </message>
    <message>
        <source>This job ignores upper and lower case.</source>
        <translation>此任务忽略大小写。</translation>
    </message>
    <message>
        <source>This job ignores spaces at the end.</source>
        <translation>此任务忽略末尾空格。</translation>
    </message>
    <message>
        <source>This job treats an empty text as NULL.</source>
        <translation>此任务把空文本视为 NULL。</translation>
    </message>
    <message>
        <source>Equal up to the precision that the coarser side can hold.</source>
        <translation>在精度较低一端可保存的精度内相等。</translation>
    </message>
    <message>
        <source>The same JSON; the order of keys and blanks do not count.</source>
        <translation>JSON 相同；键的顺序与空白不计。</translation>
    </message>
    <message>
        <source>Closer than this job&apos;s tolerance.</source>
        <translation>差距小于此任务的容差。</translation>
    </message>
    <message>
        <source>Equal by this job&apos;s rules.</source>
        <translation>按此任务的规则相等。</translation>
    </message>
    <message>
        <source>NULL is not an empty text.</source>
        <translation>NULL 不是空文本。</translation>
    </message>
    <message>
        <source>NULL means no value; the other side has one.</source>
        <translation>NULL 表示没有值，另一端有值。</translation>
    </message>
    <message>
        <source>A space at the end counts.</source>
        <translation>末尾的空格算作差异。</translation>
    </message>
    <message>
        <source>A space at the start counts.</source>
        <translation>开头的空格算作差异。</translation>
    </message>
    <message>
        <source>The line ends differ (CR LF and LF).</source>
        <translation>换行符不同（CR LF 与 LF）。</translation>
    </message>
    <message>
        <source>Upper and lower case count.</source>
        <translation>大小写算作差异。</translation>
    </message>
    <message>
        <source>They look alike, in two Unicode forms.</source>
        <translation>看起来相同，但 Unicode 形式不同。</translation>
    </message>
    <message>
        <source>%1 and %2 are different numbers.</source>
        <translation>%1 与 %2 是不同的数。</translation>
    </message>
    <message>
        <source>Two different points in time.</source>
        <translation>两个不同的时间点。</translation>
    </message>
    <message>
        <source>The values differ.</source>
        <translation>值不同。</translation>
    </message>
    <message>
        <source>This job ignores case and spaces at the end.</source>
        <translation>此任务忽略大小写和末尾空格。</translation>
    </message>
    <message>
        <source>Equal up to the digits that the coarser side can hold.</source>
        <translation>在较粗一端能保存的位数内相等。</translation>
    </message>
    <message>
        <source>Less than a second apart; fractions count.</source>
        <translation>相差不到一秒；小数秒也要比较。</translation>
    </message>
    <message>
        <source>Whole hours apart: this may be a time zone.</source>
        <translation>恰好相差整数小时：可能是时区所致。</translation>
    </message>
    <message>
        <source>The JSON differs, whatever its order of keys and blanks.</source>
        <translation>JSON 不同，与键的顺序和空白无关。</translation>
    </message>
    <message>
        <source>The same JSON, written differently: this job compares it as text.</source>
        <translation>同一 JSON 的不同写法：此任务按文本比较。</translation>
    </message>
    <message>
        <source>The bytes differ.</source>
        <translation>字节不同。</translation>
    </message>
    <message>
        <source>Merged: %1 gets %2.</source>
        <translation>合并：%1 取得 %2。</translation>
    </message>
    <message>
        <source>Merged by its rule: both get %1.</source>
        <translation>按规则合并：两端都变为 %1。</translation>
    </message>
    <message>
        <source>Nothing is written to either side until it is answered: F4.</source>
        <translation>处理之前，两端都不会写入：F4。</translation>
    </message>
</context>
<context>
    <name>tidemark::celltext</name>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
</context>
</TS>

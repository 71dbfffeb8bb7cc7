<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
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
        <source>the folder of connections and jobs, else $TIDEMARK_WORKSPACE</source>
        <translation>存放连接和任务的文件夹，默认取 $TIDEMARK_WORKSPACE</translation>
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
        <source>instead of a job: a connection&apos;s name, a URL or an SQLite file</source>
        <translation>代替任务：连接名称、URL 或 SQLite 文件</translation>
    </message>
    <message>
        <source>likewise</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>update or mirror (the default)</source>
        <translation>update 或 mirror（默认）</translation>
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
        <source>ignores watermarks and compares everything</source>
        <translation>忽略水位线，比较全部数据</translation>
    </message>
    <message>
        <source>writes the changes as an SQL script of the target</source>
        <translation>将变更写成目标端的 SQL 脚本</translation>
    </message>
    <message>
        <source>lists every row</source>
        <translation>列出每一行</translation>
    </message>
    <message>
        <source>lists every row as JSON Lines</source>
        <translation>以 JSON Lines 列出每一行</translation>
    </message>
    <message>
        <source>keeps the plan for run --plan</source>
        <translation>保存计划，供 run --plan 使用</translation>
    </message>
    <message>
        <source>exits 1 where something would change</source>
        <translation>有变化时以 1 退出</translation>
    </message>
    <message>
        <source>applies this plan</source>
        <translation>执行此计划</translation>
    </message>
    <message>
        <source>answers the delete guard: at most so many in the whole run</source>
        <translation>答复删除保护：整次运行最多删除这么多行</translation>
    </message>
    <message>
        <source>answers every guard, and says which</source>
        <translation>答复所有保护，并说明是哪些</translation>
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
        <source>lists past runs, the newest first</source>
        <translation>列出以往的运行，最新的在前</translation>
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
        <source>opens both sides and reports every problem that a run would meet</source>
        <translation>打开两端，报告运行时会遇到的每个问题</translation>
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
    <message numerus="yes">
        <source>%1: %Ln conflict(s) open.</source>
        <translation>
            <numerusform>%1：有 %Ln 个冲突待处理。</numerusform>
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
        <source>detects, reconciles, applies</source>
        <translation>检测、比较并写入变更</translation>
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
        <translation>%1 上没有索引：每次运行都要读取整个表。</translation>
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
        <source>Name the authority that signed it (tls.ca), or pin the certificate (tls.pin).</source>
        <translation>指定签发机构 (tls.ca)，或固定该证书 (tls.pin)。</translation>
    </message>
    <message>
        <source>%1 does not offer an encrypted connection.</source>
        <translation>%1 不提供加密连接。</translation>
    </message>
    <message>
        <source>Switch TLS on at the server. The mode &quot;disable&quot; sends everything in clear.</source>
        <translation>在服务器上启用 TLS。模式 &quot;disable&quot; 会以明文发送全部内容。</translation>
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
        <source>Check driver, host and port.</source>
        <translation>检查驱动、主机和端口。</translation>
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
        <source>Available are SQLite, PostgreSQL, and MariaDB or MySQL.</source>
        <translation>可用的有 SQLite、PostgreSQL 以及 MariaDB 或 MySQL。</translation>
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
        <source>Run it again later, or with fewer tables at a time (&quot;parallel&quot;).</source>
        <translation>稍后再次运行，或减少同时处理的表数 (&quot;parallel&quot;)。</translation>
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
        <source>Check its name and schema, or let the job create missing tables (&quot;create&quot;: true).</source>
        <translation>检查其名称和架构，或让任务创建缺少的表 (&quot;create&quot;: true)。</translation>
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
        <source>Name tables in the job, or let it create them (&quot;create&quot;: true).</source>
        <translation>在任务中指定表，或让任务创建它们 (&quot;create&quot;: true)。</translation>
    </message>
    <message>
        <source>%1 does not accept the filter.</source>
        <translation>%1 不接受该筛选条件。</translation>
    </message>
    <message>
        <source>Mend &quot;where&quot; in the job: one SQL condition over columns of that side.</source>
        <translation>修正任务中的 &quot;where&quot;：一个只涉及该端各列的 SQL 条件。</translation>
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
        <source>Change its engine to InnoDB, or accept it in the job (&quot;allowNonTransactional&quot;: true).</source>
        <translation>将其引擎改为 InnoDB，或在任务中接受这一点 (&quot;allowNonTransactional&quot;: true)。</translation>
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
        <source>Choose a connection or a file</source>
        <translation>选择连接或文件</translation>
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
        <source>This cannot be undone in this version. Rows that changed since the preview are not written.</source>
        <translation>此版本不能撤销。预览后被改动的行不会写入。</translation>
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
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
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
        <source>Ask each time</source>
        <translation>每次询问</translation>
    </message>
    <message>
        <source>Automatic (verified unless local)</source>
        <translation>自动（非本机则验证）</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>If offered</source>
        <translation>可用时启用</translation>
    </message>
    <message>
        <source>Required, not verified</source>
        <translation>必须加密，不验证</translation>
    </message>
    <message>
        <source>Verify the certificate authority</source>
        <translation>验证证书颁发机构</translation>
    </message>
    <message>
        <source>Verify authority and host name</source>
        <translation>验证颁发机构与主机名</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Read only: never write to it</source>
        <translation>只读：从不写入</translation>
    </message>
    <message>
        <source>Production: warn before each write</source>
        <translation>生产环境：每次写入前警告</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Database file</source>
        <translation>数据库文件</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>证书颁发机构</translation>
    </message>
    <message>
        <source>&amp;Paste a URL:</source>
        <translation>粘贴 URL(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Database system:</source>
        <translation>数据库系统(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation>主机(&amp;H)：</translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation>端口(&amp;O)：</translation>
    </message>
    <message>
        <source>Data&amp;base:</source>
        <translation>数据库(&amp;B)：</translation>
    </message>
    <message>
        <source>S&amp;chema:</source>
        <translation>架构(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>用户(&amp;U)：</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>密码(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Variable or file:</source>
        <translation>变量或文件(&amp;V)：</translation>
    </message>
    <message>
        <source>&amp;Encryption (TLS):</source>
        <translation>加密 (TLS)(&amp;E)：</translation>
    </message>
    <message>
        <source>&amp;Authority (CA):</source>
        <translation>颁发机构 (CA)(&amp;A)：</translation>
    </message>
    <message>
        <source>T&amp;ime-out:</source>
        <translation>超时(&amp;I)：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The connection needs a name.</source>
        <translation>连接需要名称。</translation>
    </message>
    <message>
        <source>There is a connection named %1 already.</source>
        <translation>已有名为 %1 的连接。</translation>
    </message>
    <message>
        <source>Choose the database file.</source>
        <translation>选择数据库文件。</translation>
    </message>
    <message>
        <source>Enter the host.</source>
        <translation>输入主机。</translation>
    </message>
    <message>
        <source>Enter the name of the database.</source>
        <translation>输入数据库名称。</translation>
    </message>
    <message>
        <source>Enter the name of the environment variable.</source>
        <translation>输入环境变量的名称。</translation>
    </message>
    <message>
        <source>Enter the path of the password file.</source>
        <translation>输入密码文件的路径。</translation>
    </message>
    <message>
        <source>The time-out is a duration such as 10s or 2m.</source>
        <translation>超时为时长，例如 10s 或 2m。</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>停止测试</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Connected to %1. Tables: %2.</source>
        <translation>已连接到 %1，共 %2 个表。</translation>
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
        <source>No connections yet. A connection is a saved way to reach one database.</source>
        <translation>还没有连接。连接用于保存访问一个数据库的方式。</translation>
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
        <source>PRODUCTION</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Remove connection</source>
        <translation>移除连接</translation>
    </message>
    <message>
        <source>Remove the connection %1? The database itself is not touched.</source>
        <translation>移除连接 %1？不会改动数据库本身。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Swap source and target</source>
        <translation>交换源端与目标端</translation>
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
        <source>&amp;Source → target:</source>
        <translation>源端 → 目标端(&amp;S)：</translation>
    </message>
    <message>
        <source>Add and update: never deletes.</source>
        <translation>新增并更新：从不删除。</translation>
    </message>
    <message>
        <source>Make identical: also deletes rows missing in the source.</source>
        <translation>镜像：同时删除源端没有的行。</translation>
    </message>
    <message>
        <source>Mode:</source>
        <translation>模式：</translation>
    </message>
    <message>
        <source>All tables that both sides have</source>
        <translation>两端共有的所有表</translation>
    </message>
    <message>
        <source>Only those ticked</source>
        <translation>仅勾选的表</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Tables:</source>
        <translation>表：</translation>
    </message>
    <message>
        <source>Create tables that the target does not have</source>
        <translation>创建目标端没有的表</translation>
    </message>
    <message>
        <source>All tables of the source</source>
        <translation>源端的所有表</translation>
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
        <source>One growing sequence a table</source>
        <translation>每表一个递增序列</translation>
    </message>
    <message>
        <source>A counter a row</source>
        <translation>每行一个计数</translation>
    </message>
    <message>
        <source>A batch of rows</source>
        <translation>每批行</translation>
    </message>
    <message>
        <source>A table, or tables joined by foreign keys</source>
        <translation>每个表（或由外键相连的一组表）</translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation>整次运行</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>&amp;Find changes:</source>
        <translation>变更检测(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Column:</source>
        <translation>列(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;Re-read the last:</source>
        <translation>重读最近(&amp;R)：</translation>
    </message>
    <message>
        <source>Coun&amp;ts as:</source>
        <translation>计数方式(&amp;T)：</translation>
    </message>
    <message>
        <source>Value when &amp;pending:</source>
        <translation>待处理时的值(&amp;P)：</translation>
    </message>
    <message>
        <source>Value when &amp;done:</source>
        <translation>完成时的值(&amp;D)：</translation>
    </message>
    <message>
        <source>Only rows &amp;where:</source>
        <translation>筛选条件(&amp;W)：</translation>
    </message>
    <message>
        <source>C&amp;ommit after:</source>
        <translation>提交时机(&amp;O)：</translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation>新建连接…</translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation>选择连接</translation>
    </message>
    <message>
        <source>Reading the tables…</source>
        <translation>正在读取表…</translation>
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
        <source>not at the source</source>
        <translation>源端没有</translation>
    </message>
    <message>
        <source>%1 tables of the source are not at the target.</source>
        <translation>源端有 %1 个表在目标端不存在。</translation>
    </message>
    <message>
        <source>There is a job with this name already.</source>
        <translation>已有同名任务。</translation>
    </message>
    <message>
        <source>The job needs a name.</source>
        <translation>任务需要名称。</translation>
    </message>
    <message>
        <source>Source and target are the same connection.</source>
        <translation>源端与目标端是同一个连接。</translation>
    </message>
    <message>
        <source>Tick at least one table.</source>
        <translation>至少勾选一个表。</translation>
    </message>
    <message>
        <source>Choose the column that tells what changed.</source>
        <translation>选择用于判断变更的列。</translation>
    </message>
    <message>
        <source>“Re-read the last” is a duration such as 30s or 5m.</source>
        <translation>“重读最近”为时长，例如 30s 或 5m。</translation>
    </message>
    <message>
        <source>Enter two different values: when pending, and when done.</source>
        <translation>输入两个不同的值：待处理时与完成时。</translation>
    </message>
    <message>
        <source>Timestamps alone cannot see deleted rows.</source>
        <translation>仅凭时间戳无法发现已删除的行。</translation>
    </message>
    <message>
        <source>Sets the flag to done at the source: it writes there.</source>
        <translation>会在源端将标记设为完成，即写入源端。</translation>
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
</context>
<context>
    <name>tidemark::JobPanel</name>
    <message>
        <source>Select a job to see its tables.</source>
        <translation>选择任务以查看其中的表。</translation>
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
        <source>Review…</source>
        <translation>查看…</translation>
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
        <source>Waiting to try again (attempt %1): %2</source>
        <translation>等待第 %1 次重试：%2</translation>
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
        <translation>移除</translation>
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
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
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
        <source>Stops after the current batch</source>
        <translation>在当前批次后停止</translation>
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
        <source>Try the &amp;sample</source>
        <translation>试用示例(&amp;S)</translation>
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
        <source>As the system</source>
        <translation>跟随系统</translation>
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
        <source>No job has this name.</source>
        <translation>没有同名任务。</translation>
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
        <source>Close Tidemark</source>
        <translation>关闭 Tidemark</translation>
    </message>
    <message>
        <source>%1 tasks are running. Closing stops them after the current batch.</source>
        <translation>%1 个任务正在运行。关闭将在当前批次后停止。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
</context>
<context>
    <name>tidemark::PasswordAsker</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password for %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>Password of %1 for %2</source>
        <translation>%2 的用户 %1 的密码</translation>
    </message>
    <message>
        <source>It is kept until the current task ends, and never stored.</source>
        <translation>仅保留到当前任务结束，从不存储。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
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
</context>
<context>
    <name>tidemark::PreviewWindow</name>
    <message>
        <source>%1 rows would change in %2.</source>
        <translation>%2 中将有 %1 行发生变化。</translation>
    </message>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation>无需同步，两端一致。</translation>
    </message>
    <message>
        <source>&amp;Synchronise %1 rows…</source>
        <translation>同步 %1 行(&amp;S)…</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
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
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Rows that are equal</source>
        <translation>一致的行</translation>
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
        <translation>重新比较</translation>
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
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Next difference (F8)</source>
        <translation>下一处差异 (F8)</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
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
</context>
<context>
    <name>tidemark::ValueViewer</name>
    <message>
        <source>no row</source>
        <translation>无此行</translation>
    </message>
    <message>
        <source>no row yet</source>
        <translation>尚无此行</translation>
    </message>
    <message>
        <source>&apos;&apos; (empty text)</source>
        <translation>&apos;&apos;（空文本）</translation>
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
</context>
<context>
    <name>tidemark::format</name>
    <message>
        <source>%1 rows/s</source>
        <translation>%1 行/秒</translation>
    </message>
</context>
</TS>

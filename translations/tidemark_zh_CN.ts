<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
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
        <source>Column %1: fractions of a second are cut to what the target keeps (%2).</source>
        <translation>列 %1：秒的小数部分按目标端的精度（%2）截断。</translation>
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
</context>
<context>
    <name>tidemark::CompareDialog</name>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare two databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares all tables that both sides have. Nothing is written until you say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Source:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Target:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a connection or a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SQLite file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source and target are the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SQLite files can also be dropped here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::ConfirmDialog</name>
    <message>
        <source>Compare again afterwards, to verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows will be written to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert %1 · update %2 · delete %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be undone in this version. Rows that changed since the preview are not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deletes %1 of %2 rows. Type %1 to continue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This deletes %1 rows. Type %1 to continue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionDialog</name>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From an environment variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic (verified unless local)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Required, not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify the certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify authority and host name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read only: never write to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Production: warn before each write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste a URL:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Database system:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data&amp;base:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;chema:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Variable or file:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Encryption (TLS):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Authority (CA):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ime-out:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a connection named %1 already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the database file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the name of the database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the name of the environment variable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the path of the password file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time-out is a duration such as 10s or 2m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected to %1. Tables: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::ConnectionListDialog</name>
    <message>
        <source>&amp;New…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connections yet. A connection is a saved way to reach one database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the connection %1? The database itself is not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::JobDialog</name>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap source and target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Source → target:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add and update: never deletes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make identical: also deletes rows missing in the source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All tables that both sides have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those ticked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create tables that the target does not have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All tables of the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare all rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By a time stamp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By a version number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By a flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One growing sequence a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A counter a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch of rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table, or tables joined by foreign keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find changes:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Column:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Re-read the last:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coun&amp;ts as:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value when &amp;pending:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value when &amp;done:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only rows &amp;where:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;ommit after:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the tables…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>will be created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not at the target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not at the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tables of the source are not at the target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a job with this name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source and target are the same connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick at least one table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the column that tells what changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Re-read the last” is a duration such as 30s or 5m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter two different values: when pending, and when done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timestamps alone cannot see deleted rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the flag to done at the source: it writes there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::JobListModel</name>
    <message>
        <source>Make identical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add and update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::JobPanel</name>
    <message>
        <source>Select a job to see its tables.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make identical: also deletes rows missing in the source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add and update: never deletes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRODUCTION: writes to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing. Nothing is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying. Nothing is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows would change in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation type="unfinished">无需同步，两端一致。</translation>
    </message>
    <message>
        <source>Compared %1. Nothing has been written yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified: both sides are equal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never run. Compare shows what would change, and writes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review %1 rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::PasswordAsker</name>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of %1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept until the current task ends, and never stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::PlanRowModel</name>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key column</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::PlanTableModel</name>
    <message>
        <source>not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to insert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are equal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::PreviewWindow</name>
    <message>
        <source>%1 rows would change in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do. Both sides are equal.</source>
        <translation type="unfinished">无需同步，两端一致。</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Synchronise %1 rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to insert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRODUCTION: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare again (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous difference (F7)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next difference (F8)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed columns only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show every space as ·</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::RowsView</name>
    <message>
        <source>%1 (source)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (target)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signs and keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::StartPage</name>
    <message>
        <source>Keep two databases in step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See every row that would change before anything is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Building two small databases…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A shop&apos;s till and its report copy: 17 rows to look at, in one click.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare two databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two connections, or two SQLite files dropped here. Writes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a source, a target and the tables to keep in step.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::TableProgressModel</name>
    <message>
        <source>%1 of ≈ %2 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>equal rows not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 changed since preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 deletes withheld</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing written</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::ValueViewer</name>
    <message>
        <source>no row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no row yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;&apos; (empty text)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::WhyPanel</name>
    <message>
        <source>Compared as %1 and %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cells of this row differ; F8 shows the next.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tidemark::format</name>
    <message>
        <source>%1 rows/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

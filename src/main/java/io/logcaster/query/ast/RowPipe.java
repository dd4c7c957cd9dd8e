package io.logcaster.query.ast;

/**
 * A pipe that makes one row of each row, without looking at others: it adds, changes or removes
 * fields.
 */
public sealed interface RowPipe extends Pipe
    permits CoalescePipe,
        CollapseNumsPipe,
        CopyPipe,
        DecolorizePipe,
        DeletePipe,
        DropEmptyFieldsPipe,
        ExtractPipe,
        ExtractRegexpPipe,
        FieldsPipe,
        FormatPipe,
        HashPipe,
        JsonArrayConcatPipe,
        JsonArrayLenPipe,
        LenPipe,
        MathPipe,
        PackJsonPipe,
        PackLogfmtPipe,
        PatternPipe,
        RenamePipe,
        ReplacePipe,
        ReplaceRegexpPipe,
        SetStreamFieldsPipe,
        SplitPipe,
        TimeAddPipe,
        UnpackPairsPipe,
        UnpackSyslogPipe,
        UnpackWordsPipe {}

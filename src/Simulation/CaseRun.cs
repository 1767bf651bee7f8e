using Cell3D.Discretization;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Physics.Particles;
using Cell3D.Simulation.Checkpoints;
using Cell3D.Simulation.Recording;
using Cell3D.Simulation.Reports;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>One run from start to end: mesh, partition, equations, initial state, protocol, results.</summary>
public sealed class CaseRun : IDisposable
{
    private readonly SimulationCase _simulation;
    private readonly RunOptions _options;
    private readonly Communicator _world;
    private readonly PhaseClock _clock = new();
    private readonly OutputFolder _folder;
    private readonly CaseSolvers _solvers;
    private readonly RunRecorder _recorder;
    private readonly double[] _fieldTimes;
    private readonly InputFile[] _inputFiles;
    private readonly CheckpointStore _checkpoints;
    private readonly CheckpointClock _checkpointClock;

    /// <summary>Where this run goes on; null where it starts anew.</summary>
    private readonly RunState? _earlier;

    /// <summary>*Collective.* Builds everything up to the initial state; nothing is simulated yet.</summary>
    /// <exception cref="MeshException">The geometry cannot be meshed, or not on so many ranks.</exception>
    /// <exception cref="OutputException">The output folder cannot be used.</exception>
    public CaseRun(SimulationCase simulation, Communicator world, RunOptions options)
    {
        (_simulation, _world, _options) = (simulation, world, options);
        // Now, as they were read: at the end of a long run they may be changed or gone.
        _inputFiles = [InputFile.Of(simulation.File), InputFile.Of(simulation.Cell.File), .. simulation.OutlineFile is { } plane ? [InputFile.Of(plane)] : Array.Empty<InputFile>(), .. simulation.ProtocolFiles.Select(InputFile.Of)];
        InputCopies copies = new(simulation, world);
        MeshPart part = CaseMesh.Part(simulation, world.Size, world.Rank);
        _clock.Book("Mesh");
        foreach (string warning in ParticleModes.Of(simulation).Warnings)
            options.Warnings.Add(warning);
        Model = CellModel.Build(simulation, part, world);
        InitialState.Apply(Model, simulation);
        _clock.Book("Equations");
        _fieldTimes = options.WriteFields && simulation.Output.FieldCount != 0 ? ProtocolEstimate.FieldTimes(simulation) : [];
        Forecast = RunForecast.Of(simulation, world.Size, options.WriteFields);
        _folder = ResumableFolder.Of(world, options.Folder ?? simulation.Output.Folder, options, Forecast.DiskBytes + Forecast.CheckpointBytes, out bool goesOn);
        _checkpoints = new(_folder, Model, CaseIdentity.Of(simulation, _inputFiles.Skip(1)), world);
        _checkpointClock = new(options, _folder, world);
        string checkpoint = "";
        if (goesOn)
            (_earlier, checkpoint) = ReadCheckpoint();
        RootOnly.Run(world, () => copies.Write(simulation, _folder));
        _solvers = new(simulation, Model, world);
        try
        {
            _recorder = new(Model, simulation, _folder, Forecast.FieldOutputs > 0, _solvers.Method == LinearMethod.DirectLU, _solvers.NominalCurrent, options.Measured, world, _earlier?.Files);
        }
        catch (IOException e) when (_earlier is not null)
        {
            throw new CheckpointException(e.Message);
        }
        _recorder.Audit.EnergyLimit = Simulation.Couplings.EnergyLimit(_solvers.Coupling?.Options);
        if (_solvers.Coupling is { } coupled)
            coupled.StageSolved = _recorder.AuditStage;
        Run = new(Model, _solvers.Integrator, simulation.Protocol, new(_fieldTimes), simulation.Solver.FixedSteps)
        {
            StepEnds = new(simulation.Thermal.TimesOfChange),
            Accepted = Accept,
            MiddleReached = middle => _recorder.Record(Moment(middle, isMiddle: true)),
            Failed = Fail,
            OutputReached = Show,
        };
        Steps = new(simulation);
        try
        {
            if (_earlier is not null)
                GoOnFrom(_earlier, checkpoint);
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException(checkpoint, e.Message);
        }
        // What only set-up needed goes back to the machine, before preconditioners grow.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _clock.Book("Preparation");
    }

    /// <summary>Simulated time at which this run goes on where an interrupted one left off [s]; null where it starts anew.</summary>
    public double? GoesOnAt => _earlier?.Time.Times[0];

    /// <summary>The equations and their state.</summary>
    public CellModel Model { get; }

    /// <summary>What the run will take.</summary>
    public RunForecast Forecast { get; }

    /// <summary>The protocol's execution, with its counts.</summary>
    public ProtocolRun Run { get; }

    /// <summary>Folder of the results, held until this run is disposed.</summary>
    public OutputFolder Folder => _folder;

    /// <summary>The difference of the voltage to the measured curve so far; null where none is given. On rank 0 only.</summary>
    public MeasuredComparison? Comparison => _recorder.Comparison;

    /// <summary>Told every accepted step; SecondsLeft is NaN.</summary>
    public Action<StepReport> StepTaken { get; set; } = _ => { };

    /// <summary>Told every output time of the case, with the model at the state of that time.</summary>
    public Action<double> OutputReached { get; set; } = _ => { };

    /// <summary>Steps done and steps that probably remain.</summary>
    public StepForecast Steps { get; }

    private Dictionary<string, double> WallTime => new(_clock.ToDictionary()
        .Concat(PartsOfSteps.Select(part => KeyValuePair.Create(part.Name, part.Seconds + (_earlier?.WallTime.GetValueOrDefault(part.Name) ?? 0)))));

    /// <summary>What is contained in the time of steps [s].</summary>
    private (string Name, double Seconds)[] PartsOfSteps =>
        [("Assembly, in time steps", _solvers.Newton.AssemblySeconds), ("Linear solves, in time steps", _solvers.Newton.LinearSeconds), ("Preconditioners, in linear solves", _solvers.Linear.SetUpSeconds)];

    /// <summary>*Collective.* Carries the protocol out and writes the results.</summary>
    public Summary Execute()
    {
        if (_folder.Caution is string caution)
            _options.Warnings.Add(caution);
        RunEnd end = _earlier is null ? Run.Execute() : Run.GoOn();
        _clock.Book("Time steps");
        _recorder.Finish();
        WritePulses();
        Summary summary = Summarise(end);
        // A launcher that was told to stop may kill its ranks while fields are written: the summary comes first.
        if (end.Reason == EndReason.Stopped)
            Write(summary);
        WriteFields(end.Time);
        summary = summary with { WallTime = WallTime };
        Write(summary);
        RootOnly.Run(_world, _folder.RequireComplete);
        return summary;
    }

    /// <summary>*Collective.* Deletes what only a run that goes on would need, once the results are whole.</summary>
    public void DiscardCheckpoints() => _checkpoints.Clear();

    /// <summary>What the pictures show of the run so far. On rank 0 only.</summary>
    public TimeSeries Curves() => _recorder.Curves();

    public void Dispose()
    {
        _recorder.Dispose();
        _solvers.Dispose();
        Model.Dispose();
        _folder.Dispose();
    }

    private void WritePulses()
    {
        IReadOnlyList<PulseSummary> pulses = _recorder.Pulses.ToSummary();
        if (pulses.Count > 0)
            RootOnly.Run(_world, () => PulseSummary.WriteCsv(_folder.ForWriting(OutputFolder.PulsesName), pulses));
    }

    private void Write(Summary summary) => RootOnly.Run(_world, () => summary.Write(_folder.ForWriting(OutputFolder.SummaryName)));

    private bool Accept(StepOutcome outcome)
    {
        double time = _solvers.Integrator.Time;
        _clock.Book("Time steps");
        _recorder.Record(Moment(time));
        _clock.Book("Output");
        if (time == 0)
            WriteFields(time);
        if (_solvers.Integrator.LastStep == 0 && ShortLimit.Of(Model, _solvers.Integrator.Place) is { } cut)
            _options.Warnings.Add(cut, kind: nameof(ShortLimit));
        if (_simulation.Solver.FixedSteps.Count > 0 && _solvers.Integrator.LastStep > 0)
            RemarkOutgrown(time);
        Steps.Record(time, Model.Fields.TerminalVoltage, Model.System.Terminal.Current, Run.StepIndex, afterSwitch: _solvers.Integrator.LastStep == 0);
        StepTaken(Report(outcome));
        CheckpointNeed need = _checkpointClock.Agree(Run.Counts.Steps - (_earlier?.Protocol.Counts.Steps ?? 0));
        if (need != CheckpointNeed.None)
            WriteCheckpoint();
        return need != CheckpointNeed.Stop;
    }

    /// <summary>Steps that the error chooses are shortened where phases grow faster than they follow; prescribed ones are not.</summary>
    private void RemarkOutgrown(double time)
    {
        ReactingParticles? grown = Model.Particles.FirstOrDefault(particles => particles.Phases?.Coefficients.Outgrown is { } outgrown && outgrown.Contains(true));
        if (Model.Particles.Any(particles => particles.Phases is not null) && _solvers.Integrator.Place.Strongest(grown?.Name.ToLowerInvariant(), grown is null ? 0 : 1) is { } name)
            _options.Warnings.Add(FormattableString.Invariant($"the prescribed step of {_solvers.Integrator.LastStep:g3} s to t = {time:g6} s is longer than phases take to grow in particles of the {name}: it damps what grows, and uniform particles may pass their spinodal without parting (equation 8.10)"), kind: nameof(RemarkOutgrown));
    }

    private RunMoment Moment(double time, bool isMiddle = false) => new(time, AfterStep: _solvers.Integrator.LastStep > 0, _solvers.Integrator.Interpolant)
    {
        IsMiddle = isMiddle,
        StateOfCharge = Run.StateOfCharge,
        Bends = _solvers.Integrator.IsBent,
        Cycle = Run.Step.Round,
        StepCount = Run.StepCount,
        StepIndex = Run.Step.Number > 0 ? Run.Step.Number : Run.StepIndex + 1,
        StepStart = Run.StepStart,
        Period = Run.Step.Period ?? _simulation.Output.RowPeriod,
    };

    /// <summary>Writes a checkpoint. A run that goes on from it has no preconditioner yet, so this one forgets its own: both take the same steps.</summary>
    private void WriteCheckpoint()
    {
        _clock.Book("Time steps");
        _recorder.FlushToDisk();
        TimeHistory history = _solvers.Integrator.History;
        _checkpoints.Write(history.Times.Length, states => new()
        {
            States = states,
            Time = history,
            Newton = _solvers.Newton.History,
            Protocol = Run.Position,
            Files = _recorder.Files,
            PreconditionerBuilds = Builds,
            WallTime = WallTime,
            Remarks = _options.Warnings.Kept,
        }, [.. _recorder.Parts, .. Couplings]);
        _solvers.Linear.Forget();
        _checkpointClock.Restart(_checkpoints.Seconds);
        _clock.Book("Checkpoints");
    }

    private (RunState State, string Path) ReadCheckpoint()
    {
        try
        {
            return _checkpoints.Read(_options.ResumeFrom, sentence => _options.Warnings.Add(sentence));
        }
        catch (CheckpointException)
        {
            Model.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    private void GoOnFrom(RunState earlier, string checkpoint)
    {
        _checkpoints.ReadRecords(checkpoint, _recorder.Parts, Lost);
        _recorder.Continue();
        _solvers.Integrator.History = earlier.Time;
        // A history that is set makes the coupling forget its own.
        _checkpoints.ReadRecords(checkpoint, Couplings, Lost);
        _solvers.Newton.History = earlier.Newton;
        Run.Position = earlier.Protocol;
        _clock.Continue(earlier.WallTime.ExceptBy(PartsOfSteps.Select(part => part.Name), phase => phase.Key));
        _options.Warnings.Continue(earlier.Remarks);
        Steps.Continue(Run.StepIndex, earlier.Protocol.StepStart, earlier.Time.Times[0], _recorder.Terminal.ChargedCapacity - _recorder.Terminal.DischargedCapacity, Run.Counts.Steps, earlier.Protocol.Loops);
        Model.System.Terminal.TotalCurrent = _world.Allreduce(Model.System.Terminal.LocalCurrent, Operation.Sum);

        void Lost(string name) => _options.Warnings.Add($"{checkpoint} has no record '{name}' of this run: it begins at t = {earlier.Time.Times[0]:g6} s");
    }

    /// <summary>What the solution in parts remembers; none where all equations are solved at once.</summary>
    private IReadOnlyList<(string Name, IResumable? Part)> Couplings => _solvers.Coupling is { } coupling ? [("Coupling", new CouplingMemory(coupling))] : [];

    private int Builds => _solvers.Linear.Builds + (_earlier?.PreconditionerBuilds ?? 0);

    private void Show(double time)
    {
        WriteFields(time);
        OutputReached(time);
    }

    private void WriteFields(double time)
    {
        _clock.Book("Time steps");
        _recorder.WriteFields(time);
        _clock.Book("Output");
    }

    private void Fail(StepOutcome outcome, double next)
    {
        _recorder.Audit.DropStages();
        if (outcome.Failure != StepFailure.LocalError)
            _options.Warnings.Add(FormattableString.Invariant($"step from t = {_solvers.Integrator.Time:g6} s failed: {outcome.Detail}; trying again with {next:g3} s"), kind: outcome.Failure.ToString());
    }

    private StepReport Report(StepOutcome outcome) => new()
    {
        Time = _solvers.Integrator.Time,
        Voltage = Model.Fields.TerminalVoltage,
        Current = Model.System.Terminal.Current,
        MinimumTemperature = _recorder.Temperature.Minimum,
        MaximumTemperature = _recorder.Temperature.Maximum,
        StepSize = _solvers.Integrator.LastStep,
        Order = _solvers.Integrator.Order,
        NewtonIterations = outcome.NewtonIterations,
        KrylovIterations = outcome.LinearIterations,
        SecondsLeft = double.NaN,
    };

    private Summary Summarise(RunEnd end)
    {
        Span<double> memory = [MemorySummary.OfThisProcess()], sum = [memory[0]];
        _world.Allreduce(memory, Operation.Max);
        _world.Allreduce(sum, Operation.Sum);
        ParallelVersions versions = ParallelRuntime.Versions;
        IReadOnlyList<AuditResult> audits = _recorder.Audit.ToResults();
        Remark(audits);
        TerminalSummary terminal = _recorder.Terminal.ToSummary();
        return new()
        {
            Title = _simulation.Title,
            Part = PartFigures.Of(_simulation),
            WholeCell = PartFigures.WholeCell(_simulation, terminal),
            Outcome = Outcome(end, audits),
            Protocol = [.. end.Steps.Select(step => new ProtocolStepSummary { Step = step.Step.Text, Start = step.Start, End = step.End, Ending = step.Ending, Reason = step.Words })],
            Terminal = terminal,
            HeatByMechanism = _recorder.Heat.ToSummary(),
            Surfaces = _recorder.Surfaces.ToSummary(),
            Pulses = _recorder.Pulses.ToSummary(),
            Extremes = _recorder.Extremes.ToSummary(),
            Size = new() { Cells = Forecast.Cells, GlobalUnknowns = Forecast.GlobalUnknowns, LocalUnknowns = Forecast.LocalUnknowns, Ranks = _world.Size },
            Work = new()
            {
                Steps = Run.Counts.Steps,
                RejectedByError = Run.Counts.RejectedSteps,
                RejectedBySolver = Run.Counts.FailedSteps,
                StepsByReason = Run.Counts.Reasons.OrderBy(count => count.Key).ToDictionary(count => InWords(count.Key), count => (long)count.Value),
                RepeatedByReason = Run.Counts.Failures.OrderBy(count => count.Key).ToDictionary(count => InWords(count.Key), count => (long)count.Value),
                OrdersRaised = Run.Counts.OrdersRaised,
                OrdersLowered = Run.Counts.OrdersLowered,
                NewtonIterations = Run.Counts.NewtonIterations,
                KrylovIterations = Run.Counts.LinearIterations,
                PreconditionerBuilds = Builds,
                LinearSolver = LinearSystem.InWords(_solvers.Method),
                Coupling = _solvers.Coupling?.Options.InWords,
                PartialSolves = _solvers.Coupling?.PartialSolves,
                MostInnerIterations = _solvers.Coupling is { MostSweeps: > 0 } iterated ? iterated.MostSweeps : null,
            },
            WallTime = WallTime,
            PeakMemory = new() { LargestRank = memory[0], AllRanks = sum[0] },
            Accuracy = BudgetReport.Of(_simulation),
            Scales = ScaleSeparation.Of(_simulation).ToSummary(),
            Audits = audits,
            Warnings = _options.Warnings.Sentences,
            Versions = new Dictionary<string, string>
            {
                ["Cell3D"] = typeof(CaseRun).Assembly.GetName().Version!.ToString(3),
                [".NET"] = Environment.Version.ToString(),
                ["PETSc"] = $"{versions.Petsc} ({8 * versions.PetscIntBytes}-bit indices)",
                ["MPI"] = versions.Mpi,
                ["HDF5"] = versions.Hdf5,
            },
            InputFiles = [.. _inputFiles.Select(file => file with { Path = Path.GetRelativePath(_folder.Path, Path.GetFullPath(file.Path)) })],
            OptionsInForce = Options.All.ToDictionary(o => o.Name, o => o.Value ?? ""),
        };
    }

    /// <summary>What is worth a remark at the end: failed audits, a tolerance below round-off, options that nothing asked for.</summary>
    private void Remark(IReadOnlyList<AuditResult> audits)
    {
        foreach (AuditResult audit in audits.Where(audit => !audit.Passed))
            _options.Warnings.Add(audit.ToString(), Severity.Error);
        if (_solvers.Newton.SolvesAtFloor > 0)
            _options.Warnings.Add(FormattableString.Invariant(
                $"in {_solvers.Newton.SolvesAtFloor} of {Run.Counts.Steps} steps round-off kept the residual above the Newton tolerance of {_simulation.Solver.NewtonTolerance:g3}; it fell to {_solvers.Newton.LargestFloorNorm:g2} or lower"));
        foreach (Option option in Options.Unused)
            _options.Warnings.Add($"the PETSc option {option.Name} was not used by anything; is it misspelt?");
    }

    private static string InWords(StepReason reason) => reason switch
    {
        StepReason.First => "first behind a switch",
        StepReason.Error => "error",
        StepReason.Growth => "growth",
        StepReason.Repeat => "repeated",
        StepReason.Limit => "limit met",
        StepReason.End => "fixed time",
        StepReason.Maximum => "maximum",
        _ => "prescribed",
    };

    private static string InWords(StepFailure failure) => failure switch
    {
        StepFailure.LocalError => "error test",
        StepFailure.NewtonIterations => "Newton iterations",
        StepFailure.Inadmissible => "impossible state",
        StepFailure.NotFinite => "not a number",
        StepFailure.LinearSolver => "linear solver",
        _ => "parts disagree",
    };

    /// <summary>A protocol that came to its end is done only when every audit passed.</summary>
    private static RunOutcome Outcome(RunEnd end, IReadOnlyList<AuditResult> audits)
    {
        AuditResult? failed = audits.FirstOrDefault(audit => !audit.Passed);
        RunStatus status = end.Reason switch
        {
            EndReason.SolverGaveUp => RunStatus.GaveUp,
            EndReason.Stopped => RunStatus.Stopped,
            EndReason.LimitReached => RunStatus.SafetyLimit,
            _ => failed is null ? RunStatus.Done : RunStatus.AuditFailed,
        };
        return new() { Status = status, EndReason = end.Detail + (failed is null ? "" : $"; {failed}"), EndTime = end.Time };
    }
}

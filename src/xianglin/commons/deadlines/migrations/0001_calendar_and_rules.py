import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('date', models.DateField(primary_key=True, serialize=False, verbose_name='日期')),
                ('kind', models.CharField(choices=[('holiday', '放假'), ('makeup', '调休上班')], max_length=7, verbose_name='放假还是上班')),
                ('name', models.CharField(max_length=20, verbose_name='节日')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '放假安排',
                'verbose_name_plural': '放假安排',
            },
        ),
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='版本')),
                ('content_hash', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(verbose_name='装入时间')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarFile',
            fields=[
                ('file_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(verbose_name='版本')),
                ('loaded_at', models.DateTimeField(verbose_name='装入时间')),
            ],
        ),
        migrations.CreateModel(
            name='RulesVersion',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='版本')),
                ('content_hash', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(verbose_name='装入时间')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calendar_version', models.PositiveIntegerField()),
                ('rules_version', models.PositiveIntegerField()),
                ('model', models.CharField(blank=True, max_length=100)),
                ('after_pk', models.BigIntegerField(default=0)),
                ('seen', models.PositiveIntegerField(default=0)),
                ('moved', models.PositiveIntegerField(default=0)),
                ('moves', models.JSONField(blank=True, default=dict)),
                ('passed_over', models.JSONField(blank=True, default=dict)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('calendar_version', 'rules_version'), name='deadlines_recomputed_once')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField(verbose_name='版本')),
                ('label', models.CharField(max_length=60, verbose_name='什么事')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='期限')),
                ('unit', models.CharField(choices=[('workday', '工作日'), ('day', '天'), ('month', '个月')], max_length=7, verbose_name='单位')),
                ('roll', models.CharField(choices=[('next_workday', '遇放假顺延'), ('none', '不顺延')], default='next_workday', max_length=12, verbose_name='顺延')),
                ('basis', models.TextField(verbose_name='依据')),
                ('source', models.TextField(verbose_name='出处')),
                ('from_on', models.DateField(verbose_name='起')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='地方')),
            ],
            options={
                'verbose_name': '期限规定',
                'verbose_name_plural': '期限规定',
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='deadlines_rule_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 1)), name='deadlines_rule_amount'), models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='deadlines_rule_dates')],
            },
        ),
    ]
